package app

import "context"

// MatrixTable is a matrix with all that its cells show.
type MatrixTable struct {
	Rows    []MatrixRow
	Columns []MatrixColumn
	Cells   [][]MatrixTableCell // by row and column
	Until   Date                // "" for all times
}

// MatrixTableCell is a cell with its statements, by date.
type MatrixTableCell struct {
	MatrixCell
	Cards []BoardStatement
}

// MatrixTable reads the passages of a matrix.
func (n *Notebook) MatrixTable(ctx context.Context, m *Matrix, o MatrixOptions) (MatrixTable, error) {
	t := MatrixTable{Rows: m.Rows, Columns: m.Columns, Until: o.Until}
	for _, row := range m.Rows {
		cells := make([]MatrixTableCell, len(m.Columns))
		for i, column := range m.Columns {
			cells[i] = MatrixTableCell{m.Cell(row.Actor, column.Claim), m.Statements(row.Actor, column.Claim)}
		}
		t.Cells = append(t.Cells, cells)
	}
	e, err := n.Evidence(ctx, t.Passages(), nil)
	for _, row := range t.Cells {
		for _, cell := range row {
			e.Show(cell.Cards)
		}
	}
	return t, err
}
