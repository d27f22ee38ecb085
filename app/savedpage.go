package app

import (
	"bytes"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// systemFiles are what systems put into folders for themselves.
var systemFiles = map[string]bool{"desktop.ini": true, "thumbs.db": true, "ehthumbs.db": true, "icon\r": true}

// pageOfFolder is the name of the saved page beside a folder whose resources the
// folder holds, "" where there is none. Browsers name it after the page, with an
// ending in the user's language ("_files", "-Dateien", ".files"), and the page
// leads into it.
func pageOfFolder(folder string) string {
	name := filepath.Base(folder)
	entries, err := os.ReadDir(filepath.Dir(folder))
	if err != nil {
		return ""
	}
	for _, e := range entries {
		ext := strings.ToLower(filepath.Ext(e.Name()))
		stem := strings.TrimSuffix(e.Name(), filepath.Ext(e.Name()))
		isPage := ext == ".html" || ext == ".htm" || ext == ".xhtml" || ext == ".xht"
		if !isPage || e.IsDir() || len(name) <= len(stem) || !strings.EqualFold(name[:len(stem)], stem) {
			continue
		}
		if ending := name[len(stem):]; strings.ContainsAny(ending[:1], "_-. ") &&
			(strings.EqualFold(ending[1:], "files") || leadsInto(filepath.Join(filepath.Dir(folder), e.Name()), name)) {
			return e.Name()
		}
	}
	return ""
}

// leadsInto reports whether the beginning of a page has an address in a folder
// beside it.
func leadsInto(page, folder string) bool {
	const enough = 1 << 20 // bytes
	f, err := os.Open(page)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }()
	head, err := io.ReadAll(io.LimitReader(f, enough))
	if err != nil {
		return false
	}
	for _, spelling := range []string{folder, url.PathEscape(folder), strings.ReplaceAll(folder, " ", "%20")} {
		if bytes.Contains(head, []byte(spelling+"/")) {
			return true
		}
	}
	return false
}
