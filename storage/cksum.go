package storage

// #include "cksumvfs.h"
import "C"

import "fmt"

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
