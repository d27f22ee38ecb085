package storage

import (
	"encoding/json"

	"rejoinder/app"
)

const viewColumns = "id, name, screen, scope, created, modified, trashed"

func scanView(row scanner) (v app.View, err error) {
	err = row.Scan(&v.ID, &v.Name, &v.Screen, asJSON{&v.Scope}, moment{&v.Created}, moment{&v.Modified}, moment{&v.Trashed})
	return v, err
}

// View implements app.Reader.
func (r *reader) View(id app.ViewID) (app.View, error) {
	return one(r, app.KindView, scanView, "SELECT "+viewColumns+" FROM views WHERE id = ?", string(id))
}

// Views implements app.Reader.
func (r *reader) Views() ([]app.View, error) {
	return list(r, scanView, "SELECT "+viewColumns+" FROM views WHERE trashed IS NULL ORDER BY name COLLATE NOCASE, id")
}

// PutView implements app.Tx.
func (t *tx) PutView(v app.View) error {
	scope, err := json.Marshal(v.Scope)
	if err != nil {
		return err
	}
	return t.put("views", string(v.ID), v.Created,
		column{"name", v.Name}, column{"screen", v.Screen}, column{"scope", string(scope)})
}
