package storage

import (
	"path/filepath"
	"testing"

	"rejoinder/storage/salvage"
)

// SalvageTables are the tables that a recovery looks for.
func SalvageTables(t *testing.T) []salvage.Table {
	t.Helper()
	db, conn, err := makeEmpty(t.Context(), filepath.Join(t.TempDir(), "empty.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(); _ = db.Close() }()
	tables, err := salvageTables(t.Context(), conn)
	if err != nil {
		t.Fatal(err)
	}
	return tables
}
