// Package vp8 reads the payload descriptor of VP8 over RTP and the one bit that
// tells a key frame. Nothing else of a payload is ever read by the server, and
// nothing but the two counters in the descriptor is changed.
//
// With end-to-end encryption the descriptor stays readable, since it is made
// after the frame was encrypted; the sender leaves the first 10 bytes of a key
// frame and 3 of another in the clear, as encoded transforms commonly do, and the
// key-frame bit is among them.
package vp8

// Descriptor is what RFC 7741, section 4.2 says about one packet.
type Descriptor struct {
	Size    int    // bytes of the descriptor
	Start   bool   // first packet of a frame (S and partition 0)
	Key     bool   // first packet of a key frame
	Picture uint16 // 7 or 15 bits
	TL0     uint8  // TL0PICIDX

	pictureAt, tl0At int // offsets in the payload; 0 when there is none
	wide             bool
}

// HasPicture tells whether the packet carries a picture id.
func (d Descriptor) HasPicture() bool { return d.pictureAt > 0 }

// Parse reads the descriptor. ok is false for what no VP8 sender makes.
func Parse(p []byte) (d Descriptor, ok bool) {
	if len(p) < 1 {
		return d, false
	}
	d.Start = p[0]&0x10 != 0 && p[0]&0x07 == 0
	at := 1
	if p[0]&0x80 != 0 {
		if at, ok = d.extended(p); !ok {
			return Descriptor{}, false
		}
	}
	if len(p) < at {
		return Descriptor{}, false
	}
	d.Size = at
	d.Key = d.Start && len(p) > at && p[at]&0x01 == 0
	return d, true
}

func (d *Descriptor) extended(p []byte) (at int, ok bool) {
	if len(p) < 2 {
		return 0, false
	}
	flags, at := p[1], 2
	if flags&0x80 != 0 {
		if len(p) <= at {
			return 0, false
		}
		d.pictureAt, d.wide = at, p[at]&0x80 != 0
		if d.wide {
			if len(p) <= at+1 {
				return 0, false
			}
			d.Picture = uint16(p[at]&0x7f)<<8 | uint16(p[at+1])
			at++
		} else {
			d.Picture = uint16(p[at])
		}
		at++
	}
	if flags&0x40 != 0 {
		if len(p) <= at {
			return 0, false
		}
		d.tl0At, d.TL0 = at, p[at]
		at++
	}
	if flags&0x30 != 0 {
		at++
	}
	return at, len(p) >= at
}

// Patch writes other counters into the payload that d was read from, in the same
// width. It must be the same payload.
func (d Descriptor) Patch(p []byte, picture uint16, tl0 uint8) {
	if d.pictureAt > 0 {
		if d.wide {
			p[d.pictureAt] = 0x80 | byte(picture>>8)&0x7f
			p[d.pictureAt+1] = byte(picture)
		} else {
			p[d.pictureAt] = byte(picture) & 0x7f
		}
	}
	if d.tl0At > 0 {
		p[d.tl0At] = tl0
	}
}
