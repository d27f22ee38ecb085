package storage

import (
	"database/sql"
	"strings"

	"github.com/mattn/go-sqlite3"

	"rejoinder/app"
)

// driverName is SQLite with the functions that the notebook's queries call, and
// with checksums in the pages of a database that is made.
const driverName = "sqlite3_notebook"

func init() {
	sql.Register(driverName, &sqlite3.SQLiteDriver{ConnectHook: func(c *sqlite3.SQLiteConn) error {
		if err := c.SetFileControlInt("main", reserveBytes, cksumBytes); err != nil {
			return err
		}
		if err := c.RegisterFunc("text_sha256", textHash, true); err != nil {
			return err
		}
		return c.RegisterFunc("holds_words", holdsWords, true)
	}})
}

// holdsWords says whether every word, which are folded and have spaces between
// them, is in one of the texts.
func holdsWords(words, quote, note, tags string) bool {
	return app.HoldsWords(strings.Fields(words), quote, note, tags)
}
