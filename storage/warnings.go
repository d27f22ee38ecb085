package storage

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// syncPrograms are programs that keep a folder in step with other machines, by
// what the folders above a notebook are called (lower-case) or hold.
var syncPrograms = []struct {
	program string
	named   []string // the name of a folder, or its beginning before a space, dot or hyphen
	holds   []string
}{
	{"Dropbox", []string{"dropbox"}, []string{".dropbox", ".dropbox.cache"}},
	{"OneDrive", []string{"onedrive"}, nil},
	{"Google Drive", []string{"google drive", "googledrive", "my drive"}, []string{".tmp.drivedownload"}},
	{"iCloud Drive", []string{"com~apple~clouddocs", "icloud drive", "iclouddrive"}, nil},
	{"Nextcloud", []string{"nextcloud"}, []string{".nextcloudsync.log"}},
	{"ownCloud", []string{"owncloud"}, []string{".owncloudsync.log"}},
	{"Syncthing", nil, []string{".stfolder"}},
	{"Seafile", []string{"seafile"}, []string{".seafile-data"}},
	{"MEGA", []string{"megasync", "mega"}, []string{".megaignore", ".debris"}},
	{"Resilio Sync", nil, []string{filepath.Join(".sync", "ID"), filepath.Join(".sync", "IgnoreList")}},
	{"pCloud", []string{"pcloud", "pclouddrive"}, nil},
	{"Box", []string{"box", "box sync"}, nil},
	{"Yandex.Disk", []string{"yandex.disk", "yandexdisk"}, nil},
	{"Proton Drive", []string{"proton drive", "protondrive"}, nil},
}

// syncedBy names the program that keeps a folder in step; "" when none is known.
func syncedBy(dir string) string {
	for at := dir; ; at = filepath.Dir(at) {
		name := strings.ToLower(filepath.Base(at))
		for _, p := range syncPrograms {
			for _, n := range p.named {
				rest, ok := strings.CutPrefix(name, n)
				if ok && (rest == "" || strings.ContainsAny(rest[:1], " -(")) {
					return p.program
				}
			}
			for _, held := range p.holds {
				if _, err := os.Lstat(filepath.Join(at, held)); err == nil {
					return p.program
				}
			}
		}
		if at == filepath.Dir(at) {
			return ""
		}
	}
}

// conflictCopies lists what synchronising programs leave beside the database when
// two machines wrote it at once.
func conflictCopies(dir string) []string {
	entries, _ := os.ReadDir(dir)
	var out []string
	for _, e := range entries {
		name := strings.ToLower(e.Name())
		if name == databaseName || !strings.HasPrefix(name, "notebook") || !strings.Contains(name, ".db") {
			continue
		}
		switch {
		case name == databaseName+"-wal", name == databaseName+"-shm", name == databaseName+"-journal":
		case strings.HasSuffix(name, ".part"):
		default:
			out = append(out, filepath.Join(dir, e.Name()))
		}
	}
	return out
}

// folderWarnings are sentences about where the notebook is.
func folderWarnings(dir string) []string {
	var out []string
	if program := syncedBy(dir); program != "" {
		out = append(out, fmt.Sprintf("The notebook is in a folder of %s, which may replace its database while it is open. Keep it in a folder that is not synchronised, and set a second place for backups there.", program))
	}
	for _, path := range conflictCopies(dir) {
		out = append(out, fmt.Sprintf("There is another database beside the notebook's, perhaps a conflict copy with work of another machine: %s. Nothing of it is in this notebook.", path))
	}
	return out
}
