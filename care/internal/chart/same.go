package chart

import (
	"bytes"
	"encoding/json"
)

// SameJSON compares two values as they would be stored.
func SameJSON(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}
