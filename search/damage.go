package search

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
)

// errDamaged is what damaged files and panics inside bleve become.
var errDamaged = errors.New("the search index is damaged")

// verify reads the files of a closed volume and says what is wrong with them.
// bleve itself notices only some damage when it opens an index; the rest makes
// it panic later, also in goroutines that nobody can guard.
func verify(path string) error {
	store := filepath.Join(path, "store")
	if err := verifyRoot(filepath.Join(store, "root.bolt")); err != nil {
		return err
	}
	files, err := os.ReadDir(store)
	if err != nil {
		return err
	}
	bad, sound := map[string]error{}, readSound(path)
	for _, f := range files {
		if filepath.Ext(f.Name()) != ".zap" {
			continue
		}
		name := filepath.Join(store, f.Name())
		now, err := seen(name)
		if err == nil && sound[f.Name()] == now {
			continue
		}
		if err == nil {
			err = verifySegment(name)
		}
		if err != nil {
			bad[f.Name()] = err
			continue
		}
		sound[f.Name()] = now
	}
	if len(bad) > 0 {
		if err := anyInUse(path, bad); err != nil {
			return err
		}
	}
	return writeSound(path, sound)
}

// anyInUse passes over bad segments that the index does not use: those that a
// killed process was still writing.
func anyInUse(path string, bad map[string]error) error {
	return guarded(func() error {
		config := settings()
		config["read_only"] = true
		index, err := bleve.OpenUsing(path, config)
		if err != nil {
			return fmt.Errorf("%w: %w", errDamaged, err)
		}
		defer index.Close()
		inner, err := index.Advanced()
		if err != nil {
			return err
		}
		reader, err := inner.Reader()
		if err != nil {
			return err
		}
		defer reader.Close()
		snapshot, ok := reader.(*scorch.IndexSnapshot)
		if !ok {
			return errDamaged
		}
		for _, s := range snapshot.Segments() {
			if file, ok := s.Segment().(interface{ Path() string }); ok {
				if err := bad[filepath.Base(file.Path())]; err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// minSegment is less than the footer of a segment.
const minSegment = 32

// verifySegment compares a segment with the CRC-32 at its end.
func verifySegment(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Size() < minSegment {
		return fmt.Errorf("%w: %s is cut off", errDamaged, filepath.Base(name))
	}
	sum := crc32.NewIEEE()
	if _, err := io.CopyBuffer(sum, io.LimitReader(f, info.Size()-4), make([]byte, 1<<18)); err != nil {
		return err
	}
	var want [4]byte
	if _, err := io.ReadFull(f, want[:]); err != nil {
		return err
	}
	if sum.Sum32() != binary.BigEndian.Uint32(want[:]) {
		return fmt.Errorf("%w: %s was changed", errDamaged, filepath.Base(name))
	}
	return nil
}

// The layout of a bolt file: two pages that begin with a header and then say
// where things are. See go.etcd.io/bbolt/internal/common.
const (
	boltHeader  = 16
	boltMeta    = 64
	boltMagic   = 0xED0CDAED
	boltVersion = 2
)

// verifyRoot makes sure that a bolt file is as long as it says: reading past
// its end kills the process.
func verifyRoot(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("%w: %w", errDamaged, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	best, need := uint64(0), int64(-1)
	// The second page is one page size further on, which only the first tells
	// when it is whole.
	for _, at := range []int64{0, 4096, 8192, 16384, 32768, 65536} {
		page := make([]byte, boltHeader+boltMeta)
		if _, err := f.ReadAt(page, at); err != nil {
			continue
		}
		meta := page[boltHeader:]
		sum := fnv.New64a()
		sum.Write(meta[:boltMeta-8])
		order := binary.NativeEndian
		if order.Uint32(meta) != boltMagic || order.Uint32(meta[4:]) != boltVersion ||
			order.Uint64(meta[boltMeta-8:]) != sum.Sum64() {
			continue
		}
		if tx := order.Uint64(meta[48:]); need < 0 || tx >= best {
			best = tx
			need = int64(order.Uint64(meta[40:])) * int64(order.Uint32(meta[8:]))
		}
	}
	if need < 0 || info.Size() < need {
		return fmt.Errorf("%w: %s is cut off or overwritten", errDamaged, filepath.Base(name))
	}
	return nil
}
