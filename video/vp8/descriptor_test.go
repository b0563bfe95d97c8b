package vp8

import (
	"bytes"
	"testing"

	"github.com/pion/rtp/codecs"
)

func TestParse(t *testing.T) {
	for name, c := range map[string]struct {
		in   []byte
		want Descriptor
	}{
		"plain key frame":        {[]byte{0x10, 0x00}, Descriptor{Size: 1, Start: true, Key: true}},
		"plain delta":            {[]byte{0x10, 0x01}, Descriptor{Size: 1, Start: true}},
		"middle of a key frame":  {[]byte{0x00, 0x00}, Descriptor{Size: 1}},
		"second partition":       {[]byte{0x11, 0x00}, Descriptor{Size: 1}},
		"narrow picture":         {[]byte{0x90, 0x80, 0x11, 0x00}, Descriptor{Size: 3, Start: true, Key: true, Picture: 0x11, pictureAt: 2}},
		"wide picture, tl0, tid": {[]byte{0x90, 0xe0, 0x81, 0x02, 0x33, 0x40, 0x01}, Descriptor{Size: 6, Start: true, Picture: 0x102, TL0: 0x33, pictureAt: 2, tl0At: 4, wide: true}},
	} {
		got, ok := Parse(c.in)
		if !ok || got != c.want {
			t.Errorf("%s: %+v %v, want %+v", name, got, ok, c.want)
		}
	}
	for _, in := range [][]byte{nil, {0x80}, {0x80, 0x80}, {0x80, 0x80, 0x80}, {0x80, 0x40}, {0x80, 0x20}} {
		if d, ok := Parse(in); ok {
			t.Errorf("%x was read as %+v", in, d)
		}
	}
}

func TestPatchKeepsEverythingElse(t *testing.T) {
	in := []byte{0x90, 0xe0, 0x81, 0x02, 0x33, 0x40, 0x01, 9, 9}
	d, _ := Parse(in)
	d.Patch(in, 0x7abc, 0x44)
	if !bytes.Equal(in, []byte{0x90, 0xe0, 0xfa, 0xbc, 0x44, 0x40, 0x01, 9, 9}) {
		t.Errorf("%x", in)
	}
}

// FuzzParse holds Parse against Pion's reader of the same format.
func FuzzParse(f *testing.F) {
	f.Add([]byte{0x90, 0xe0, 0x81, 0x02, 0x33, 0x40, 0x01})
	f.Add([]byte{0x10, 0x00})
	f.Fuzz(func(t *testing.T, in []byte) {
		d, ok := Parse(in)
		if !ok {
			return
		}
		if d.Size < 1 || d.Size > len(in) || d.Key && !d.Start {
			t.Fatalf("%+v of %x", d, in)
		}
		var ref codecs.VP8Packet
		rest, err := ref.Unmarshal(in)
		if err != nil {
			return
		}
		if len(rest) != len(in)-d.Size || (ref.I == 1 && ref.PictureID != d.Picture) || (ref.L == 1 && ref.TL0PICIDX != d.TL0) {
			t.Fatalf("%+v, Pion reads %+v", d, ref)
		}
		again := bytes.Clone(in)
		d.Patch(again, d.Picture, d.TL0)
		if !bytes.Equal(in, again) {
			t.Fatalf("patching the same values changed %x to %x", in, again)
		}
	})
}
