// Package imports reads a clinic's spreadsheets of people and of consents that were signed
// on paper: what a line says, what is wrong with it, and whom it could be twice. Pure.
package imports

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"handrail/models"
)

// Kind says what the lines of a file are.
type Kind string

// The kinds.
const (
	People        Kind = "people"         // an account each, and for patients a chart
	PaperConsents Kind = "paper-consents" // a consent each, signed on paper
)

// Kinds lists them.
var Kinds = []Kind{People, PaperConsents}

// How much one file may hold.
const (
	MaxBytes = 500_000
	MaxLines = 500
)

// Row is one line of a file: what stands under the columns that are known.
type Row struct {
	N     int // the line of the file at which it begins, from 1
	Cells map[string]string
	Wide  bool // it has more cells than there are columns
}

// File is what was read of one.
type File struct {
	Rows    []Row
	Ignored []int // columns, from 1, whose names are not known: nothing of them is kept
}

// Read reads comma-separated values (RFC 4180), or semicolons in their place as some
// spreadsheets write them. The first line names the columns, in any order and case. Errors:
// KindInvalid of the field "csv": empty, too-large, too-many-lines, not-csv, column-twice,
// not-text. A line that can't be read is named as csv[line].
func Read(kind Kind, text string) (File, error) {
	switch {
	case len(text) > MaxBytes:
		return File{}, refused("csv", "too-large", "This file is too large. Make parts of it.")
	case !utf8.ValidString(text) || strings.ContainsRune(text, utf8.RuneError):
		return File{}, refused("csv", "not-text", "There are characters in this that can't be read. Save it as UTF-8.")
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	r.FieldsPerRecord = -1
	if first, _, _ := strings.Cut(text, "\n"); !strings.Contains(first, ",") && strings.Contains(first, ";") {
		r.Comma = ';'
	}
	var f File
	columns, err := readHead(r, kind, &f)
	for err == nil {
		var cells []string
		if cells, err = r.Read(); err != nil {
			break
		}
		if row, any := rowOf(cells, columns); any {
			row.N, _ = r.FieldPos(0)
			f.Rows = append(f.Rows, row)
		}
		if len(f.Rows) > MaxLines {
			return f, refused("csv", "too-many-lines", fmt.Sprintf("At most %d lines at once. Make parts of it.", MaxLines))
		}
	}
	var bad *csv.ParseError
	switch {
	case errors.As(err, &bad):
		return File{}, refused(fmt.Sprintf("csv[%d]", bad.StartLine), "not-csv", "This line is not comma-separated values: look at its quotes.")
	case !errors.Is(err, io.EOF):
		return File{}, err
	case len(f.Rows) == 0:
		return File{}, refused("csv", "empty", "There is no line in this file.")
	}
	return f, nil
}

func readHead(r *csv.Reader, kind Kind, f *File) ([]string, error) {
	names, err := r.Read()
	if err != nil {
		return nil, err
	}
	columns := make([]string, len(names))
	for i, name := range names {
		column := strings.ToLower(strings.NewReplacer(" ", "", "-", "", "_", "").Replace(name))
		switch {
		case !slices.Contains(Columns(kind), column):
			f.Ignored = append(f.Ignored, i+1)
		case slices.Contains(columns, column):
			return nil, refused("csv", "column-twice", "Two columns have one name.")
		default:
			columns[i] = column
		}
	}
	return columns, nil
}

func rowOf(cells, columns []string) (row Row, any bool) {
	row = Row{Cells: map[string]string{}, Wide: len(cells) > len(columns)}
	for i, cell := range cells {
		cell = strings.TrimSpace(cell)
		any = any || cell != ""
		if i < len(columns) && columns[i] != "" {
			row.Cells[columns[i]] = cell
		}
	}
	return row, any
}

// Columns are the names of the columns of a kind that are read.
func Columns(kind Kind) []string {
	if kind == PaperConsents {
		return consentColumns
	}
	return peopleColumns
}

func refused(field, code, text string) error {
	var c models.Checks
	c.Fail(field, code, text)
	return c.Err()
}
