package edge

import (
	"crypto/sha256"
	"encoding/base64"

	"handrail/models"
)

// Paging is embedded in the input of every list.
type Paging struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"30" doc:"How many at most."`
	Cursor string `query:"cursor" maxLength:"1024" doc:"The next of the page before."`
}

// Pieces is embedded in the input of a list that is bounded by what it is: the devices
// of one person, the calendar of some weeks. It comes whole, or in pages to whoever
// asks for them.
type Pieces struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"100" doc:"How many at most. Left out: all."`
	Cursor string `query:"cursor" maxLength:"64" doc:"The next of the page before."`
}

// List is one page of things.
type List[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next" doc:"Cursor of the next page; empty at the end."`
}

// NewList makes the answer of a page; items is never null.
func NewList[T any](items []T, next string) *Answer[List[T]] {
	if items == nil {
		items = []T{}
	}
	return NewAnswer(List[T]{items, next})
}

// Piece cuts a page out of a whole list. id names an item in it: the cursor is made of
// the last one's, so that what comes or goes before it moves nothing. An item that went
// meanwhile has no place any more, and a cursor of elsewhere has none either.
//
// Errors: invalid input, code bad-cursor.
func Piece[T any](p Pieces, all []T, id func(T) string) (List[T], error) {
	from := 0
	for p.Cursor != "" && (from == 0 || pieceCursor(id(all[from-1])) != p.Cursor) {
		if from == len(all) {
			return List[T]{}, models.E(models.KindInvalid, "bad-cursor", "This cursor is not one of ours, or its place is gone. Start from the first page.")
		}
		from++
	}
	page, next := append([]T{}, all[from:]...), ""
	if p.Limit > 0 && p.Limit < len(page) {
		page = page[:p.Limit]
		next = pieceCursor(id(page[p.Limit-1]))
	}
	return List[T]{page, next}, nil
}

func pieceCursor(id string) string {
	sum := sha256.Sum256([]byte(id))
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}

// Pieced makes the answer of a use case that lists all there is.
func Pieced[T any](p Pieces, all []T, id func(T) string, err error) (*Answer[List[T]], error) {
	if err != nil {
		return nil, err
	}
	return Answered(Piece(p, all, id))
}
