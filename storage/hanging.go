package storage

import "rejoinder/app"

// Hanging implements app.Reader: four queries, however many annotations.
func (r *reader) Hanging(ids []app.AnnotationID) (map[app.AnnotationID]app.Hanging, error) {
	out := map[app.AnnotationID]app.Hanging{}
	if len(ids) == 0 {
		return out, nil
	}
	in := asList(ids)
	if err := r.hangTags(out, in); err != nil {
		return nil, err
	}
	statements, err := r.statementsOn(in)
	if err != nil {
		return nil, err
	}
	relations, err := r.relationsOn(in)
	if err != nil {
		return nil, err
	}
	var evidence []app.AnnotationID
	for _, s := range statements {
		evidence = append(evidence, s.Statement.Passage)
	}
	for _, x := range relations {
		evidence = append(evidence, x.Relation.Passage)
	}
	passages, err := r.Passages(evidence)
	if err != nil {
		return nil, err
	}
	for _, s := range statements {
		p := passages[s.Statement.Passage]
		h := out[p.ID]
		s.Passage = &p
		h.Statements = append(h.Statements, s)
		out[p.ID] = h
	}
	for _, x := range relations {
		p := passages[x.Relation.Passage]
		h := out[p.ID]
		x.Passage = &p
		h.Relations = append(h.Relations, x)
		out[p.ID] = h
	}
	return out, nil
}

// hangTags hangs the tags on the annotations that are in a list of JSON.
func (r *reader) hangTags(out map[app.AnnotationID]app.Hanging, in string) error {
	type tagging struct {
		tag app.Tag
		on  app.AnnotationID
	}
	taggings, err := list(r, func(row scanner) (g tagging, err error) {
		err = row.Scan(append(tagFields(&g.tag), &g.on)...)
		return g, err
	}, "SELECT "+tagColumns+`, g.target FROM taggings g JOIN tags t ON t.id = g.tag
		WHERE t.trashed IS NULL AND g.target`+inList+" ORDER BY t.path COLLATE NOCASE", in)
	for _, g := range taggings {
		h := out[g.on]
		h.Tags = append(h.Tags, g.tag)
		out[g.on] = h
	}
	return err
}

func (r *reader) statementsOn(in string) ([]app.BoardStatement, error) {
	return list(r, func(row scanner) (b app.BoardStatement, err error) {
		err = row.Scan(append(statementFields(&b.Statement), &b.ActorName, &b.ReporterName, &b.ClaimText)...)
		return b, err
	}, "SELECT "+statementColumns+`, o.name, coalesce(p.name, ''), c.text
		FROM statements s JOIN actors o ON o.id = s.actor JOIN claims c ON c.id = s.claim
		LEFT JOIN actors p ON p.id = s.reported_by AND p.trashed IS NULL
		WHERE s.trashed IS NULL AND s.passage`+inList+" ORDER BY s.id", in)
}

func (r *reader) relationsOn(in string) ([]app.BoardRelation, error) {
	return list(r, func(row scanner) (b app.BoardRelation, err error) {
		err = row.Scan(append(relationFields(&b.Relation), &b.FromText, &b.ToText)...)
		return b, err
	}, "SELECT "+relationColumns+`, f.text, o.text FROM relations x
		JOIN claims f ON f.id = x.from_claim JOIN claims o ON o.id = x.to_claim
		WHERE x.trashed IS NULL AND x.passage`+inList+" ORDER BY x.id", in)
}
