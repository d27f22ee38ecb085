package app

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// checkBatch is how many texts' identifiers are listed at once: the texts
// themselves are read one by one, by as many workers as there are cores.
const checkBatch = 512

// checkReadings reads each text again from its original, with the importer that
// made it, and says where it differs.
func (n *Notebook) checkReadings(ctx context.Context, p Progress) ([]Finding, error) {
	c := readingCheck{notebook: n}
	var after TextID
	for done := 0; ; {
		var ids []TextID
		err := n.store.View(ctx, func(r Reader) (err error) {
			ids, err = r.TextIDs(after, checkBatch)
			return err
		})
		if err != nil {
			return c.found, err
		}
		if len(ids) == 0 {
			return c.sum(), nil
		}
		after = ids[len(ids)-1]
		if err := c.batch(ctx, ids, func(i int) { p.Step(done+i, 0, "texts read again") }); err != nil {
			return c.found, err
		}
		done += len(ids)
	}
}

type readingCheck struct {
	notebook *Notebook
	found    []Finding
	same     int
	others   int // made by another version of the importer, or without an original to read
}

// batch checks texts side by side; what it finds is in their order.
func (c *readingCheck) batch(ctx context.Context, ids []TextID, step func(int)) error {
	results := make([]reread, len(ids))
	next := make(chan int)
	var workers sync.WaitGroup
	for range runtime.NumCPU() {
		workers.Go(func() {
			for i := range next {
				results[i] = c.notebook.rereadText(ctx, ids[i])
			}
		})
	}
	for i := range ids {
		if ctx.Err() != nil {
			break
		}
		step(i)
		next <- i
	}
	close(next)
	workers.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	for i, r := range results {
		switch {
		case r.other:
			c.others++
		case r.wrong == "":
			c.same++
		default:
			c.found = append(c.found, Finding{Part: "texts", Text: fmt.Sprintf("text %s: %s", ids[i], r.wrong)})
		}
	}
	return nil
}

func (c *readingCheck) sum() []Finding {
	if len(c.found) > 0 {
		return c.found
	}
	said := countOf(c.same, "text") + " read again from their originals, the same"
	if c.others > 0 {
		said += fmt.Sprintf("; %d not, for another version of the importer made them or their originals are not as they were", c.others)
	}
	return []Finding{{Part: "texts", OK: true, Text: said}}
}

// reread is what came of reading a text again: another importer's, or what is wrong.
type reread struct {
	other bool
	wrong string
}

func (n *Notebook) rereadText(ctx context.Context, id TextID) reread {
	var t Text
	var o Original
	err := n.store.View(ctx, func(r Reader) (err error) {
		if t, err = r.Text(id); err != nil {
			return err
		}
		o, err = r.Original(t.Original)
		return err
	})
	if err != nil {
		return reread{wrong: "it cannot be read: " + err.Error()}
	}
	data, err := n.originalBytes(ctx, o.SHA256)
	if err != nil {
		return reread{other: true} // the check of the originals says so
	}
	in, err := n.importer.Read(ctx, o.Name, data, t.Provenance.As)
	if errors.Is(err, ErrInvalid) || err == nil && in.Reader != t.Reader {
		return reread{other: true}
	}
	if err != nil {
		return reread{wrong: "its original cannot be read again: " + err.Error()}
	}
	return reread{wrong: differs(t.Content, in.Content)}
}

// differs says where a text is not what its original gives; "" when it is.
func differs(have, again Content) string {
	if have.Plain == again.Plain {
		if slices.Equal(have.Blocks, again.Blocks) && slices.Equal(have.Spans, again.Spans) {
			return ""
		}
		return "its headings, paragraphs or styles are not those that its original gives now"
	}
	at := 0
	old, now := []rune(have.Plain), []rune(again.Plain)
	for at < len(old) && at < len(now) && old[at] == now[at] {
		at++
	}
	near := func(r []rune) string {
		return strings.ReplaceAll(string(r[max(0, at-20):min(len(r), at+20)]), "\n", " ")
	}
	return fmt.Sprintf("it differs from what its original gives at character %d: “%s”, and there “%s”", at, near(old), near(now))
}
