package app

import (
	"context"
	"slices"
)

// NameColor names a mark colour, as "the author's main point"; "" takes the name
// away.
func (n *Notebook) NameColor(ctx context.Context, color Color, name string) error {
	if !slices.Contains(Colors, color) {
		return Problem(ErrInvalid, "%q is no mark colour: yellow, green, blue, pink, orange or violet", string(color))
	}
	name = OneLine(name)
	if RuneCount(name) > longestColorName {
		return Problem(ErrInvalid, "a colour's name has at most %d characters", longestColorName)
	}
	_, err := n.Update(ctx, Op{Name: "name-color"}, func(tx Tx) error {
		tx.Describe("Call %s “%s”", color, name)
		if name == "" {
			tx.Describe("Take the name of %s away", color)
		}
		return tx.PutColorName(color, name)
	})
	return err
}

const longestColorName = 100
