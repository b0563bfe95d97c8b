package care

import (
	"bytes"
	"encoding/json"
)

// sameJSON compares two values as they would be stored.
func sameJSON(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}
