package client

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"net/http"
	"net/url"
	"strconv"
)

// Versioned is a thing with its version.
type Versioned[T any] struct {
	Value T
	ETag  string // sent back in If-Match
}

// UnmarshalJSON reads an item of a list, which has its ETag among its fields.
func (v *Versioned[T]) UnmarshalJSON(text []byte) error {
	var tag struct {
		ETag string `json:"etag"`
	}
	if err := errors.Join(json.Unmarshal(text, &tag), json.Unmarshal(text, &v.Value)); err != nil {
		return err
	}
	v.ETag = tag.ETag
	return nil
}

// pageSize is how many are asked for at once: the most that the API gives.
const pageSize = 100

// pages walks a list of the API from its first page.
func pages[T any](ctx context.Context, c *Client, path string, query url.Values) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		asked := url.Values{"limit": {strconv.Itoa(pageSize)}}
		for name, values := range query {
			asked[name] = values
		}
		for {
			page, err := into[struct {
				Items []T    `json:"items"`
				Next  string `json:"next"`
			}](ctx, c, Request{Method: http.MethodGet, Path: path + "?" + asked.Encode()})
			if err == nil && page.Next != "" && page.Next == asked.Get("cursor") {
				err = errors.New("client: the list does not end")
			}
			if err != nil {
				var none T
				yield(none, err)
				return
			}
			for _, item := range page.Items {
				if !yield(item, nil) {
					return
				}
			}
			if page.Next == "" {
				return
			}
			asked.Set("cursor", page.Next)
		}
	}
}
