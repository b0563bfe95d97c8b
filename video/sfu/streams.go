package sfu

import (
	"encoding/binary"
	"slices"
	"strconv"
	"strings"

	"github.com/pion/rtp"
	"github.com/pion/sdp/v3"
)

// streams tells what comes in under which number (SSRC). It is used under the lock of
// the incoming direction of its link.
type streams struct {
	lines []sending
	by    map[uint32]*stream
}

// sending is a line on which the client sends.
type sending struct {
	line
	ssrc, repair         uint32 // as told in the offer; 0 not
	mid, rid, rrid, loud uint8  // numbers of the extensions; 0 none
	name                 string // of the line, where packets can name it
}

// stream is what one number carries.
type stream struct {
	line   *sending
	layer  *Layer
	repair bool // it repeats what the layer lost (RFC 4588)
}

// mostStreams is how many numbers one client may use: nine are needed.
const mostStreams = 32

func newStreams(o *offer) *streams {
	out := &streams{by: map[uint32]*stream{}}
	for _, l := range o.lines {
		if l.use.seat() {
			continue
		}
		was := o.sections[l.at]
		id := func(uri string) uint8 { return uint8(o.extension(was, uri)) }
		s := sending{line: l, name: l.mid, mid: id(extMID), rid: id(extRID), rrid: id(sdp.SDESRepairRTPStreamIDURI), loud: id(extAudioLevel)}
		if len(l.rids) == 0 {
			s.ssrc, s.repair = told(streamsOf(was))
		}
		out.lines = append(out.lines, s)
	}
	return out
}

// told reads the numbers out of the attributes that describe a stream.
func told(list []attr) (ssrc, repair uint32) {
	for _, a := range list {
		if a.key != "ssrc" {
			continue
		}
		n, _, _ := strings.Cut(a.value, " ")
		v, err := strconv.ParseUint(n, 10, 32)
		switch {
		case err != nil:
		case ssrc == 0:
			ssrc = uint32(v)
		default:
			repair = uint32(v)
		}
	}
	return ssrc, repair
}

// drop ends all layers. What comes later has none.
func (s *streams) drop() {
	for _, x := range s.by {
		x.layer.source.drop(x.layer)
	}
	clear(s.by)
}

// take hands a decrypted packet to its layer.
func (p *Peer) take(raw []byte, h *rtp.Header) {
	if p.closed.Load() {
		return
	}
	s := p.from.by[h.SSRC]
	if s == nil {
		if s = p.recognise(h); s == nil {
			return
		}
	}
	switch int(h.PayloadType) {
	case s.line.codec:
	case s.line.rtx:
		if raw = repaired(raw, h, s); raw == nil {
			return
		}
	default:
		return
	}
	s.layer.take(raw, h, s.layer.lost[:0])
}

// repaired makes the packet that was lost out of its repeat.
func repaired(raw []byte, h *rtp.Header, s *stream) []byte {
	size := h.MarshalSize()
	if !s.repair || size+2 > len(raw) {
		return nil // padding alone: a probe
	}
	seq := binary.BigEndian.Uint16(raw[size:])
	copy(raw[2:size+2], raw[:size])
	raw = raw[2:]
	raw[1] = raw[1]&0x80 | byte(s.line.codec)
	binary.BigEndian.PutUint16(raw[2:], seq)
	binary.BigEndian.PutUint32(raw[8:], s.layer.ssrc)
	return raw
}

// recognise finds out what a new number carries: as the offer told, as the packet names
// it, or, where nothing does, by its payload type.
func (p *Peer) recognise(h *rtp.Header) *stream {
	if len(p.from.by) >= mostStreams {
		return nil
	}
	line, index, repair := p.from.find(h)
	if line == nil {
		return nil
	}
	source := p.member.sources[line.use.kind()]
	s := &stream{line: line, repair: repair}
	if repair {
		for _, x := range p.from.by {
			if x.line == line && !x.repair && x.layer.index == index {
				s.layer = x.layer
			}
		}
		if s.layer == nil {
			return nil // its first comes before what it repeats
		}
	} else {
		s.layer = p.newLayer(source, index, h.SSRC, line.loud)
		p.in.layer(s.layer)
		source.count.Store(int32(max(1, len(line.rids))))
		source.add(s.layer)
		if now := p.engine.now(); source.Kind != KindAudio && source.watched(now) {
			s.layer.askKey(now)
		}
	}
	p.from.by[h.SSRC] = s
	return s
}

// find tells the line, the layer and whether it repeats.
func (s *streams) find(h *rtp.Header) (line *sending, index int, repair bool) {
	for i := range s.lines {
		switch l := &s.lines[i]; {
		case l.ssrc != 0 && l.ssrc == h.SSRC:
			return l, 0, false
		case l.repair != 0 && l.repair == h.SSRC:
			return l, 0, true
		case line == nil && l.mid != 0 && string(h.GetExtension(l.mid)) == l.name:
			line = l
		}
	}
	pt := int(h.PayloadType)
	if line == nil {
		i := slices.IndexFunc(s.lines, func(l sending) bool {
			return (l.mid == 0 || len(h.GetExtension(l.mid)) == 0) && l.ssrc == 0 && (pt == l.codec || l.rtx > 0 && pt == l.rtx)
		})
		if i < 0 {
			return nil, 0, false
		}
		line = &s.lines[i]
	}
	repair = line.rtx > 0 && pt == line.rtx
	if len(line.rids) == 0 {
		return line, 0, repair
	}
	id := line.rid
	if repair {
		id = line.rrid
	}
	if id == 0 {
		return nil, 0, false
	}
	if index = slices.Index(line.rids, string(h.GetExtension(id))); index < 0 {
		return nil, 0, false
	}
	return line, index, repair
}
