package alerts

import (
	"encoding/binary"
	"math"
)

// What follows writes past and late as the library would (RFC 8949, the shortest floats; a
// test compares them). It walks over the fields of each of hundreds of check-ins by
// reflection, which took longer than all rules.

// The major types (RFC 8949, section 3.1) that are written here.
const (
	cborUnsigned = 0 << 5
	cborNegative = 1 << 5
	cborText     = 3 << 5
	cborArray    = 4 << 5
	cborNull     = 0xf6
	cborHalf     = 0xf9 // a float of 16 bits follows
)

func appendHead(b []byte, major byte, n uint64) []byte {
	switch {
	case n < 24:
		return append(b, major|byte(n))
	case n <= math.MaxUint8:
		return append(b, major|24, byte(n))
	case n <= math.MaxUint16:
		return binary.BigEndian.AppendUint16(append(b, major|25), uint16(n))
	case n <= math.MaxUint32:
		return binary.BigEndian.AppendUint32(append(b, major|26), uint32(n))
	}
	return binary.BigEndian.AppendUint64(append(b, major|27), n)
}

func appendInt(b []byte, n int64) []byte {
	if n < 0 {
		return appendHead(b, cborNegative, uint64(^n))
	}
	return appendHead(b, cborUnsigned, uint64(n))
}

func appendString(b []byte, s string) []byte {
	return append(appendHead(b, cborText, uint64(len(s))), s...)
}

// appendFloat writes answers of people, which are none or small numbers, by itself.
func appendFloat(b []byte, v float64) []byte {
	switch bits, small := math.Float64bits(v), math.Abs(v) >= 1.0/(1<<14) && math.Abs(v) < 1<<16; {
	case math.IsNaN(v):
		return append(b, cborHalf, 0x7e, 0)
	case bits == 0:
		return append(b, cborHalf, 0, 0)
	case small && bits&(1<<42-1) == 0: // 10 bits after the point are enough
		exponent := bits>>52&0x7ff - 1023 + 15
		return binary.BigEndian.AppendUint16(append(b, cborHalf), uint16(bits>>63<<15|exponent<<10|bits>>42&0x3ff))
	}
	return appendAny(b, v)
}

func appendAny(b []byte, v any) []byte {
	more, err := shortly.Marshal(v)
	if err != nil {
		panic(err) // numbers and texts alone
	}
	return append(b, more...)
}

func appendTold(b []byte, t *told) []byte {
	b = appendInt(appendString(appendHead(b, cborArray, 7), t.ID), t.At)
	b = appendFloat(appendFloat(appendFloat(b, t.Mood), t.Crave), t.Sleep)
	b = appendString(b, t.Use)
	if t.Scores == nil {
		return append(b, cborNull)
	}
	return appendAny(b, t.Scores)
}

// form is the document of a past.
func (p *past) form() []byte {
	b := make([]byte, 0, 128+80*p.Full+32*(len(p.Told)-p.Full))
	b = appendString(appendInt(appendHead(b, cborArray, 6), int64(p.Format)), p.Life)
	b = appendInt(appendInt(appendInt(b, p.Made), p.From), int64(p.Full))
	if p.Told == nil {
		return append(b, cborNull)
	}
	b = appendHead(b, cborArray, uint64(len(p.Told)))
	for i := range p.Told {
		b = appendTold(b, &p.Told[i])
	}
	return b
}

// lateForm is the document of what came since version of: n of them, each by appendTold.
func lateForm(of int64, n int, came []byte) []byte {
	b := appendInt(appendInt(appendHead(make([]byte, 0, 32+len(came)), cborArray, 3), pastFormat), of)
	return append(appendHead(b, cborArray, uint64(n)), came...)
}
