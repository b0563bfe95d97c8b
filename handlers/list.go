package handlers

// Paging is embedded in the input of every list.
type Paging struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"30" doc:"How many at most."`
	Cursor string `query:"cursor" maxLength:"1024" doc:"The next of the page before."`
}

// List is one page of things.
type List[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next" doc:"Cursor of the next page; empty at the end."`
}

// list makes the answer of a page; items is never null.
func list[T any](items []T, next string) *Answer[List[T]] {
	if items == nil {
		items = []T{}
	}
	return answer(List[T]{items, next})
}
