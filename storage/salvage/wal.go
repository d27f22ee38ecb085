package salvage

import (
	"encoding/binary"
	"errors"
	"io"
	"os"
)

const (
	logHeaderSize   = 32
	frameHeaderSize = 24
)

// log is a write-ahead log: the newest frame of each page that a whole
// transaction wrote.
type log struct {
	file     io.ReaderAt
	pageSize int
	pages    uint32           // of the database after the last whole transaction
	frames   map[uint32]int64 // where a page's bytes are
	gap      bool             // a frame that is damaged stands before whole transactions
}

// readLog reads a log of this size; nil when it is none or empty. SQLite stops at
// the first frame whose checksum is wrong. This goes on: a frame's checksum begins
// with that of the frame before, as it is stored there.
func readLog(file io.ReaderAt, size int64) *log {
	header := make([]byte, logHeaderSize)
	if _, err := file.ReadAt(header, 0); err != nil {
		return nil
	}
	var order binary.ByteOrder = binary.LittleEndian
	switch binary.BigEndian.Uint32(header) {
	case 0x377f0682:
	case 0x377f0683:
		order = binary.BigEndian
	default:
		return nil
	}
	l := &log{file: file, pageSize: int(binary.BigEndian.Uint32(header[8:])), frames: map[uint32]int64{}}
	c1, c2 := logSum(order, header[:24], 0, 0)
	if !isPageSize(l.pageSize) || c1 != binary.BigEndian.Uint32(header[24:]) || c2 != binary.BigEndian.Uint32(header[28:]) {
		return nil
	}
	l.read(header, order, size)
	if len(l.frames) == 0 {
		return nil
	}
	return l
}

func (l *log) read(header []byte, order binary.ByteOrder, size int64) {
	c1, c2 := binary.BigEndian.Uint32(header[24:]), binary.BigEndian.Uint32(header[28:])
	frame := make([]byte, frameHeaderSize+l.pageSize)
	open := map[uint32]int64{} // of a transaction that has not ended
	broken := false
	for at := int64(logHeaderSize); at+int64(len(frame)) <= size; at += int64(len(frame)) {
		if _, err := l.file.ReadAt(frame, at); err != nil {
			return
		}
		s1, s2 := logSum(order, frame[:8], c1, c2)
		s1, s2 = logSum(order, frame[frameHeaderSize:], s1, s2)
		c1, c2 = binary.BigEndian.Uint32(frame[16:]), binary.BigEndian.Uint32(frame[20:])
		page, after := binary.BigEndian.Uint32(frame), binary.BigEndian.Uint32(frame[4:])
		// Frames with other salts are of the log's life before, and go on among
		// themselves as these do.
		ours := string(frame[8:16]) == string(header[16:24]) || !broken
		if !ours || s1 != c1 || s2 != c2 || page == 0 {
			broken = true
			continue
		}
		open[page] = at + frameHeaderSize
		if after == 0 {
			continue
		}
		for page, at := range open {
			l.frames[page] = at
		}
		clear(open)
		l.pages = after
		l.gap = l.gap || broken
	}
}

// fits says whether the pages in the log have checksums of their own.
func (l *log) fits() bool {
	if l == nil {
		return false
	}
	page := make([]byte, l.pageSize)
	for _, at := range l.frames {
		if _, err := l.file.ReadAt(page, at); err == nil && !isEmpty(page) {
			return fits(page)
		}
	}
	return false
}

// logSum is the log's own checksum.
func logSum(order binary.ByteOrder, data []byte, s1, s2 uint32) (uint32, uint32) {
	for ; len(data) >= 8; data = data[8:] {
		s1 += order.Uint32(data) + s2
		s2 += order.Uint32(data[4:]) + s1
	}
	return s1, s2
}

// LogGap says whether the log has a damaged frame before whole transactions:
// SQLite would drop these without a word.
func (f *File) LogGap() bool { return f.log != nil && f.log.gap }

// HasLogGap is LogGap of a log alone, without its database. A log that is not
// there has none.
func HasLogGap(wal string) (bool, error) {
	f, err := os.Open(wal)
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return false, err
	}
	l := readLog(f, info.Size())
	return l != nil && l.gap, nil
}
