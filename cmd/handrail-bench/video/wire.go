package main

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// wire is a capture of the loopback by the kernel: when each packet came to a server's port
// and when each of those that it became left again. That is the server's own part of the
// delay; what the load adds on its one core, until its clients have decrypted what they
// got, is not in it. Nothing is read before the end, and so nobody is woken by it.
type wire struct {
	fd   int
	ring []byte
}

// The capture's room: 64 people of 8 visits make 8 MB a second.
const (
	wireBlock   = 4 << 20
	wireBlocks  = 64
	wireRetire  = 400 // ms after which a block that is not full is handed over
	vnetHeader  = 10  // bytes before each packet, which tell the size of segments
	etherHeader = 14
)

// watched is for how long packets are captured, after those that are counted: the
// capture's own time would be the server's.
const watched = 3 * time.Second

// watchWire tells the delays of the server alone; none where nobody may capture.
func watchWire(ctx context.Context, p *process) ([]time.Duration, error) {
	w, err := tap()
	if err != nil {
		fmt.Println("the server's own part of the delay is not told: no capture:", err)
		return nil, nil
	}
	wait(ctx, watched)
	return w.delays(p)
}

// tap begins to capture; it needs CAP_NET_RAW.
func tap() (*wire, error) {
	fd, err := unix.Socket(unix.AF_PACKET, unix.SOCK_RAW|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	w := &wire{fd: fd}
	// Of UDP alone: runs of packets whole, of single ones the headers.
	filter := []unix.SockFilter{{Code: unix.BPF_LD | unix.BPF_B | unix.BPF_ABS, K: etherHeader + 9}, {Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: unix.IPPROTO_UDP, Jf: 4},
		{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_LEN}, {Code: unix.BPF_JMP | unix.BPF_JGT | unix.BPF_K, K: 1500, Jt: 1}, {Code: unix.BPF_RET, K: 96},
		{Code: unix.BPF_RET, K: 1 << 16}, {Code: unix.BPF_RET, K: 0}}
	err = errors.Join(unix.SetsockoptSockFprog(fd, unix.SOL_SOCKET, unix.SO_ATTACH_FILTER, &unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}),
		unix.SetsockoptInt(fd, unix.SOL_PACKET, unix.PACKET_VERSION, unix.TPACKET_V3),
		unix.SetsockoptInt(fd, unix.SOL_PACKET, unix.PACKET_VNET_HDR, 1),
		unix.SetsockoptInt(fd, unix.SOL_PACKET, unix.PACKET_IGNORE_OUTGOING, 1), // the loopback shows each packet twice
		unix.SetsockoptTpacketReq3(fd, unix.SOL_PACKET, unix.PACKET_RX_RING, &unix.TpacketReq3{Block_size: wireBlock, Block_nr: wireBlocks,
			Frame_size: 2048, Frame_nr: wireBlock / 2048 * wireBlocks, Retire_blk_tov: wireRetire}))
	if err == nil {
		w.ring, err = unix.Mmap(fd, 0, wireBlock*wireBlocks, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED|unix.MAP_POPULATE)
	}
	if err == nil { // the first interface is the loopback
		err = unix.Bind(fd, &unix.SockaddrLinklayer{Protocol: 0x0008, Ifindex: 1})
	}
	if err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

func (w *wire) close() {
	if w.ring != nil {
		_ = unix.Munmap(w.ring)
	}
	_ = unix.Close(w.fd)
}

// lane names a stream of one client.
type lane struct {
	client uint16 // port
	ssrc   uint32
}

// delays tells how long each packet was between its arrival at the
// server's port and its way out.
func (w *wire) delays(p *process) ([]time.Duration, error) {
	defer w.close()
	time.Sleep(2 * wireRetire * time.Millisecond) // for the last block
	ports, err := p.ports()
	if err != nil {
		return nil, err
	}
	in, out := map[lane]*passing{}, map[lane]*passing{}
	for b := range wireBlocks {
		block := w.ring[b*wireBlock:][:wireBlock]
		d := (*unix.TpacketHdrV1)(unsafe.Pointer(&block[8]))
		if d.Block_status&unix.TP_STATUS_USER == 0 {
			continue
		}
		at := d.Offset_to_first_pkt
		for range d.Num_pkts {
			h := (*unix.Tpacket3Hdr)(unsafe.Pointer(&block[at]))
			sort(block[at+uint32(h.Mac)-vnetHeader:][:h.Snaplen+vnetHeader], time.Duration(h.Sec)*time.Second+time.Duration(h.Nsec), ports, in, out)
			at += h.Next_offset
		}
	}
	return pairs(in, out), nil
}

// sort finds the packets of media in what went by at once.
func sort(b []byte, at time.Duration, ports map[uint16]bool, in, out map[lane]*passing) {
	segment, ip := int(binary.NativeEndian.Uint16(b[4:])), b[vnetHeader+etherHeader:]
	udp := ip[int(ip[0]&15)*4:]
	from, to := binary.BigEndian.Uint16(udp), binary.BigEndian.Uint16(udp[2:])
	lanes, client := in, from
	if !ports[to] {
		if !ports[from] {
			return
		}
		lanes, client = out, to
	}
	rest, body := int(binary.BigEndian.Uint16(ip[2:]))-(len(ip)-len(udp))-8, udp[8:]
	if b[1] == 0 || segment == 0 {
		segment = rest
	}
	for rest > 0 && len(body) >= 16 {
		size := min(segment, rest)
		rest -= size
		if body[0]>>6 == 2 && (body[1] < 192 || body[1] > 223) {
			head := 12 + int(body[0]&15)*4
			if body[0]&16 != 0 && len(body) >= head+4 {
				head += 4 + 4*int(binary.BigEndian.Uint16(body[head+2:]))
			}
			k := lane{client, binary.BigEndian.Uint32(body[8:])}
			if lanes[k] == nil {
				lanes[k] = &passing{}
			}
			lanes[k].list = append(lanes[k].list, seen{at, binary.BigEndian.Uint32(body[4:]), body[1]&128 != 0, size - head})
		}
		body = body[min(size, len(body)):]
	}
}
