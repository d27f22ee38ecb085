package storage

// #include "cksumvfs.h"
import "C"

import (
	"context"
	"fmt"
)

// The shim is the default of the process: a connection that wrote to a notebook
// without it would leave pages whose checksums are wrong.
func init() {
	if rc := C.rejoinder_register_cksumvfs(); rc != 0 {
		panic(fmt.Sprintf("SQLite refused the page checksums: code %d", rc))
	}
}

// reserveBytes is SQLITE_FCNTL_RESERVE_BYTES: how many bytes at the end of each
// page of a database that is made on a connection are not SQLite's.
const (
	reserveBytes = 38
	cksumBytes   = 8
)

// checksummed is the first format whose notebooks have checksums in their pages.
const checksummed = 7

// addChecksums gives the pages of an older notebook checksums, which writes it
// anew. It does so in the log, and only there: a rollback journal could not bring
// back the ends of the old pages, on which the new ones' checksums stand. Where
// there is no room for that, the notebook stays as it is, and check says so.
func (s *Store) addChecksums(ctx context.Context) {
	if _, err := s.writer.ExecContext(ctx, "VACUUM"); err == nil {
		_, _ = s.writer.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	}
}
