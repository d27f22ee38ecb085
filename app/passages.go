package app

// PassagesOf lists the passages that show statements.
func PassagesOf(statements []BoardStatement) []AnnotationID {
	var out []AnnotationID
	for _, s := range statements {
		if s.Statement.Passage != "" {
			out = append(out, s.Statement.Passage)
		}
	}
	return out
}

func passagesOfRelations(relations []BoardRelation) []AnnotationID {
	var out []AnnotationID
	for _, x := range relations {
		if x.Relation.Passage != "" {
			out = append(out, x.Relation.Passage)
		}
	}
	return out
}

// Passages lists the passages of all cards of a board.
func (b Board) Passages() []AnnotationID {
	var out []AnnotationID
	for _, c := range b.Claims {
		out = append(out, PassagesOf(c.Statements)...)
	}
	return append(out, passagesOfRelations(b.Relations)...)
}

// Passages lists the passages of all cards of a dispute.
func (d Dispute) Passages() []AnnotationID {
	out := append(PassagesOf(d.Claim.Statements), passagesOfRelations(d.Others)...)
	for _, c := range d.Counterclaims {
		out = append(out, passagesOfRelations([]BoardRelation{c.BoardRelation})...)
		out = append(append(out, PassagesOf(c.Statements)...), passagesOfRelations(c.Against)...)
	}
	return out
}

// Passages lists the passages of all cells of a matrix.
func (t MatrixTable) Passages() []AnnotationID {
	var out []AnnotationID
	for _, row := range t.Cells {
		for _, cell := range row {
			out = append(out, PassagesOf(cell.Cards)...)
		}
	}
	return out
}
