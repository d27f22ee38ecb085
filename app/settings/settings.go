// Package settings holds what a user chose about the program, not about a
// notebook: one struct, its defaults, and a JSON file. It imports nothing of
// ours.
package settings

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// Settings is what a user chose.
type Settings struct {
	Appearance string  `json:"appearance"` // "", light, sepia or dark; "" follows the system
	Notebook   string  `json:"notebook"`   // the folder that was open last
	Width      float32 `json:"width"`      // of the window, in Fyne's units
	Height     float32 `json:"height"`
	ListWidth  float32 `json:"list_width"` // share of the window, 0 to 1
	PaneWidth  float32 `json:"pane_width"`
	Reading    Reading `json:"reading"`
	// The board's columns in the user's order, and how much of the width the first
	// takes, and the second of the rest.
	BoardColumns []string `json:"board_columns"`
	BoardFirst   float32  `json:"board_first"`
	BoardSecond  float32  `json:"board_second"`
	// Dismissed are notices about where a notebook is kept that are not to be shown
	// again, each after its folder and a line's end.
	Dismissed []string `json:"dismissed,omitempty"`
}

// Reading is how a user likes to read.
type Reading struct {
	Zoom    float32 `json:"zoom"`    // 1 is 17 units a letter
	Column  string  `json:"column"`  // narrow, medium or wide
	Spacing string  `json:"spacing"` // tight, normal or loose
	Face    string  `json:"face"`    // serif or sans
	Outline bool    `json:"outline"` // the headings stand beside the text
}

// BoardColumns are the board's columns in their usual order.
var BoardColumns = []string{"actors", "claims", "counterclaims"}

// The choices of a Reading.
var (
	Columns  = []string{"narrow", "medium", "wide"}
	Spacings = []string{"tight", "normal", "loose"}
	Faces    = []string{"serif", "sans"}
)

// Default is what a new user has.
func Default() Settings {
	return Settings{Width: 1440, Height: 900, ListWidth: 0.29, PaneWidth: 0.155,
		BoardColumns: slices.Clone(BoardColumns), BoardFirst: 0.29, BoardSecond: 0.5,
		Reading: Reading{Zoom: 1, Column: "medium", Spacing: "normal", Face: "serif"}}
}

// Load reads the settings from a file. Where there is none they are the
// defaults; where it cannot be read they are too, with the error.
func Load(path string) (Settings, error) {
	s := Default()
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &s)
	}
	if err != nil {
		return Default(), fmt.Errorf("settings: %w", err)
	}
	return s.tidy(), nil
}

// tidy replaces values that would hide the window or its panes.
func (s Settings) tidy() Settings {
	d := Default()
	if s.Width < 400 || s.Height < 300 || s.Width > 20_000 || s.Height > 20_000 {
		s.Width, s.Height = d.Width, d.Height
	}
	if s.ListWidth < 0.1 || s.ListWidth > 0.9 {
		s.ListWidth = d.ListWidth
	}
	for _, choice := range []struct {
		value    *string
		among    []string
		standard string
	}{{&s.Reading.Column, Columns, d.Reading.Column}, {&s.Reading.Spacing, Spacings, d.Reading.Spacing}, {&s.Reading.Face, Faces, d.Reading.Face}} {
		if !slices.Contains(choice.among, *choice.value) {
			*choice.value = choice.standard
		}
	}
	if sorted := slices.Sorted(slices.Values(s.BoardColumns)); !slices.Equal(sorted, BoardColumns) {
		s.BoardColumns = d.BoardColumns
	}
	if s.BoardFirst < 0.05 || s.BoardFirst > 0.9 {
		s.BoardFirst = d.BoardFirst
	}
	if s.BoardSecond < 0.05 || s.BoardSecond > 0.9 {
		s.BoardSecond = d.BoardSecond
	}
	if s.Reading.Zoom < 0.5 || s.Reading.Zoom > 3 {
		s.Reading.Zoom = d.Reading.Zoom
	}
	if s.PaneWidth < 0.05 || s.PaneWidth > 0.9 {
		s.PaneWidth = d.PaneWidth
	}
	return s
}

// Save writes the settings to a file, whole or not at all.
func (s Settings) Save(path string) error {
	data, err := json.MarshalIndent(s, "", "\t")
	if err == nil {
		err = os.MkdirAll(filepath.Dir(path), 0o700)
	}
	if err == nil {
		err = writeNew(path+".new", data)
	}
	if err == nil {
		err = os.Rename(path+".new", path)
	}
	if err != nil {
		return fmt.Errorf("settings: %w", err)
	}
	return nil
}

// writeNew writes a file that is not there, and through no link: one of that name
// is what a run that was cut short left, or was put there by somebody else.
func writeNew(path string, data []byte) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}
