// Package salvage reads an SQLite database without SQLite, page by page, for one
// that SQLite refuses because it is damaged. It is handed files and tables and
// hands out rows; it writes nothing, and it knows no table of ours.
//
// Every number that it reads may be wrong: nothing is followed out of the file,
// twice, or deeper than a database can be. The format is described in
// https://sqlite.org/fileformat2.html.
package salvage

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// State says what a page is worth.
type State int

// The states of a page.
const (
	Sound   State = iota // its checksum fits, or there are no checksums
	Mended               // one bit was wrong and is right now
	Damaged              // its checksum does not fit
	Missing              // it is behind the end of the file, or cannot be read
)

const (
	headerSize = 100
	cksumBytes = 8
	magic      = "SQLite format 3\x00"
)

// File is a database file with its log. It is for one goroutine.
type File struct {
	db       io.ReaderAt
	size     int64
	pageSize int
	reserved int    // bytes at the end of each page that are not SQLite's
	count    uint32 // pages, as the header or the log says, else as many as there are
	inFile   uint32 // whole pages that the file has
	log      *log   // nil without one
	first    State  // of page 1
	closers  []io.Closer
}

// Open opens a database file and its log, which may be missing: "" for none. Of a
// log without its database there are the pages that it has.
func Open(path, wal string) (*File, error) {
	f := &File{db: bytes.NewReader(nil)}
	if path != "" {
		db, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		info, err := db.Stat()
		if err != nil {
			return nil, errors.Join(err, db.Close())
		}
		f = &File{db: db, size: info.Size(), closers: []io.Closer{db}}
	}
	if w, err := os.Open(wal); err == nil {
		f.closers = append(f.closers, w)
		if info, err := w.Stat(); err == nil {
			f.log = readLog(w, info.Size())
		}
	} else if wal != "" && !errors.Is(err, os.ErrNotExist) {
		return nil, errors.Join(err, f.Close())
	}
	f.measure()
	return f, nil
}

// OpenBytes is Open of a file that is in memory.
func OpenBytes(db, wal []byte) *File {
	f := &File{db: bytes.NewReader(db), size: int64(len(db))}
	if len(wal) > 0 {
		f.log = readLog(bytes.NewReader(wal), int64(len(wal)))
	}
	f.measure()
	return f
}

// Close closes the files.
func (f *File) Close() error {
	var errs []error
	for _, c := range f.closers {
		errs = append(errs, c.Close())
	}
	return errors.Join(errs...)
}

// PageSize is the size of a page in bytes.
func (f *File) PageSize() int { return f.pageSize }

// Count is how many pages the database has.
func (f *File) Count() int { return int(f.count) }

// Checksums says whether the pages have checksums.
func (f *File) Checksums() bool { return f.reserved == cksumBytes }

// Format is PRAGMA user_version; 0 where it cannot be read for sure.
func (f *File) Format() int {
	page, state := f.Page(1)
	if state >= Damaged || !bytes.HasPrefix(page, []byte(magic)) {
		return 0
	}
	return int(binary.BigEndian.Uint32(page[60:]))
}

func isPageSize(n int) bool { return n >= 512 && n <= 65536 && n&(n-1) == 0 }

func sizeInHeader(header []byte) int {
	n := int(binary.BigEndian.Uint16(header[16:]))
	if n == 1 {
		n = 65536
	}
	return n
}

// measure finds out the size of the pages and whether they have checksums: from
// the header, from the log's, or else from what most pages are like.
func (f *File) measure() {
	header := make([]byte, headerSize)
	n, _ := f.db.ReadAt(header, 0)
	told := 0
	if n == headerSize && isPageSize(sizeInHeader(header)) {
		told = sizeInHeader(header)
	}
	if f.log != nil {
		told = f.log.pageSize
	}
	best, most := 4096, 0
	for size := 512; size <= 65536; size *= 2 {
		if fits := f.fitting(size); fits > most {
			best, most = size, fits
		}
	}
	switch {
	case most > 0 && (told == 0 || f.fitting(told) == 0):
		f.pageSize, f.reserved = best, cksumBytes
	case told > 0:
		f.pageSize = told
		if n == headerSize {
			f.reserved = int(header[20])
		}
		if most > 0 || f.size == 0 && f.log.fits() {
			f.reserved = cksumBytes
		} else if f.reserved != 0 {
			f.reserved = f.settleReserved(header)
		}
	default:
		f.pageSize = best
	}
	f.inFile = uint32(min(f.size/int64(f.pageSize), 1<<32-2))
	f.count = f.inFile
	first, state := f.Page(1)
	f.first = state
	if state < Damaged && bytes.HasPrefix(first, []byte(magic)) {
		if told := binary.BigEndian.Uint32(first[28:]); told > 0 && f.plausible(told) {
			f.count = told
		}
	}
	if f.log != nil && f.log.pages > 0 && f.plausible(f.log.pages) {
		f.count = f.log.pages
	}
}

// plausible says whether a database can have so many pages: a header that is
// wrong must not make the reader look for billions.
func (f *File) plausible(pages uint32) bool {
	most := uint64(f.inFile)*16 + 4096
	if f.log != nil {
		most += uint64(len(f.log.frames))
	}
	return uint64(pages) <= most
}

// settleReserved says how many bytes are reserved where no checksum fits and the
// header says that some are: ours is the only use that is expected.
func (f *File) settleReserved(header []byte) int {
	if header[20] == cksumBytes {
		return cksumBytes
	}
	return 0
}

// fitting counts pages of this size whose checksum fits, of up to 64 that lie
// all over the file. Empty ones fit any size and do not count.
func (f *File) fitting(size int) int {
	pages := f.size / int64(size)
	step := max(pages/64, 1)
	page, n := make([]byte, size), 0
	for i := int64(0); i < pages; i += step {
		if _, err := f.db.ReadAt(page, i*int64(size)); err == nil && !isEmpty(page) && fits(page) {
			n++
		}
	}
	return n
}

// Page returns a page, from 1, as the last whole transaction left it. The bytes
// are the caller's.
func (f *File) Page(n uint32) ([]byte, State) {
	page := make([]byte, f.pageSize)
	if f.log != nil {
		if at, ok := f.log.frames[n]; ok {
			if _, err := f.log.file.ReadAt(page, at); err == nil {
				return page, Sound
			}
		}
	}
	return page, f.inPlace(n, page)
}

// inPlace reads a page of the database file itself.
func (f *File) inPlace(n uint32, page []byte) State {
	if n == 0 || n > f.inFile && int64(n-1)*int64(f.pageSize) >= f.size {
		return Missing
	}
	got, err := f.db.ReadAt(page, int64(n-1)*int64(f.pageSize))
	if err != nil && (!errors.Is(err, io.EOF) || got == 0) {
		return Missing
	}
	clear(page[got:])
	if got < len(page) {
		return Damaged
	}
	if !f.Checksums() || fits(page) {
		return Sound
	}
	if mend(page) {
		return Mended
	}
	return Damaged
}

// Bad is a page that is not as it was written.
type Bad struct {
	Page  uint32
	State State
}

func (b Bad) String() string {
	switch b.State {
	case Missing:
		return fmt.Sprintf("page %d is missing", b.Page)
	case Mended:
		return fmt.Sprintf("page %d has a wrong bit", b.Page)
	}
	return fmt.Sprintf("page %d is not as it was written", b.Page)
}

// Verify reads every page and returns those that are not as they were written.
// Those that the log has newer are not looked at: SQLite does not read them. step
// is told how far it is; its error ends the reading.
func (f *File) Verify(step func(done, total int) error) ([]Bad, error) {
	free := f.freed()
	page := make([]byte, f.pageSize)
	var out []Bad
	for n := uint32(1); n <= f.count; n++ {
		if n%256 == 1 {
			if err := step(int(n-1), int(f.count)); err != nil {
				return out, err
			}
		}
		if f.log != nil && f.log.frames[n] != 0 || f.isLockPage(n) {
			continue
		}
		state := f.inPlace(n, page)
		if state == Sound && isEmpty(page) && !free[n] {
			state = Damaged // the checksum of nothing but zeros is zero
		}
		if state != Sound {
			out = append(out, Bad{n, state})
		}
	}
	return out, nil
}

// isLockPage says whether a page is the one that SQLite locks and never writes.
func (f *File) isLockPage(n uint32) bool { return int64(n-1) == (1<<30)/int64(f.pageSize) }

// freed lists the pages on the list of free ones, as far as it can be followed.
func (f *File) freed() map[uint32]bool {
	out := map[uint32]bool{}
	first, state := f.Page(1)
	if state >= Damaged || len(first) < headerSize {
		return out
	}
	for trunk := binary.BigEndian.Uint32(first[32:]); trunk > 1 && trunk <= f.count && !out[trunk]; {
		out[trunk] = true
		page, state := f.Page(trunk)
		if state >= Damaged {
			break
		}
		leaves := int(binary.BigEndian.Uint32(page[4:]))
		for i := 0; i < leaves && 8+4*i+4 <= f.usable(); i++ {
			out[binary.BigEndian.Uint32(page[8+4*i:])] = true
		}
		trunk = binary.BigEndian.Uint32(page)
	}
	return out
}

func (f *File) usable() int { return f.pageSize - f.reserved }

func isEmpty(page []byte) bool {
	for _, b := range page {
		if b != 0 {
			return false
		}
	}
	return true
}
