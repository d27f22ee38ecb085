package storage

import "rejoinder/app"

// ColorNames implements app.Reader.
func (r *reader) ColorNames() (map[app.Color]string, error) {
	out := make(map[app.Color]string, len(app.Colors))
	for _, c := range app.Colors {
		out[c] = string(c)
	}
	type named struct {
		color app.Color
		name  string
	}
	names, err := list(r, func(row scanner) (n named, err error) {
		err = row.Scan(&n.color, &n.name)
		return n, err
	}, "SELECT color, name FROM color_names")
	for _, n := range names {
		out[n.color] = n.name
	}
	return out, err
}

// PutColorName implements app.Tx.
func (t *tx) PutColorName(color app.Color, name string) error {
	if name == "" {
		return t.exec("DELETE FROM color_names WHERE color = ?", string(color))
	}
	return t.exec(`INSERT INTO color_names (color, name) VALUES (?, ?)
		ON CONFLICT (color) DO UPDATE SET name = excluded.name WHERE name <> excluded.name`, string(color), name)
}
