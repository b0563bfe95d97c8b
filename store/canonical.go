package store

import (
	"encoding/binary"
	"maps"
	"slices"
)

// The encodings here are hashed and authenticated, so two different inputs must
// never give the same bytes: every part carries its type or its length.

// JoinText writes parts so that no other parts give the same bytes.
func JoinText(parts ...string) []byte {
	n := 0
	for _, p := range parts {
		n += len(p) + 2
	}
	b := make([]byte, 0, n)
	for _, p := range parts {
		b = appendText(b, p)
	}
	return b
}

func appendText(b []byte, s string) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

// AppendValue writes one value of a key, or nil.
func AppendValue(b []byte, v any) []byte {
	switch v := v.(type) {
	case int64:
		return binary.BigEndian.AppendUint64(append(b, tagInt), uint64(v))
	case string:
		return appendText(append(b, tagString), v)
	}
	return append(b, tagNone)
}

// readValue is the reverse of AppendValue.
func readValue(b []byte) (v any, rest []byte, ok bool) {
	if len(b) == 0 {
		return nil, nil, false
	}
	tag, b := b[0], b[1:]
	switch {
	case tag == tagNone:
		return nil, b, true
	case tag == tagInt && len(b) >= 8:
		return int64(binary.BigEndian.Uint64(b)), b[8:], true
	case tag == tagString:
		n, size := binary.Uvarint(b)
		if size <= 0 || n > uint64(len(b)-size) {
			return nil, nil, false
		}
		b = b[size:]
		return string(b[:n]), b[n:], true
	}
	return nil, nil, false
}

func appendKeys(b []byte, keys Keys) []byte {
	b = binary.AppendUvarint(b, uint64(len(keys)))
	for _, name := range slices.Sorted(maps.Keys(keys)) {
		b = AppendValue(appendText(b, name), keys[name])
	}
	return b
}
