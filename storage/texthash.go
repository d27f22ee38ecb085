package storage

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// textHash is the SHA-256 of a text as texts.sha256 has it: of its columns as they
// are stored, each after its length in bytes, so that none can run into the next.
func textHash(plain, blocks, spans, provenance string) string {
	h := sha256.New()
	for _, column := range []string{plain, blocks, spans, provenance} {
		_, _ = fmt.Fprintf(h, "%d:", len(column))
		_, _ = h.Write([]byte(column))
	}
	return hex.EncodeToString(h.Sum(nil))
}
