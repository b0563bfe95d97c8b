package main

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/gorilla/websocket"
	"github.com/pion/webrtc/v4"

	"handrail/video/signal"
	"handrail/video/videotest"
)

// most is how many others a page of this bench can see and hear.
const most = 8

// checks is the time between a client's checks of its path, which is also that of the
// clients of the peers (the library's own).
const checks = 2 * time.Second

func (handrail) join(ctx context.Context, p *process, room, person string, m *meter) (func(), error) {
	word, err := ticket(ctx, p.address, room, person)
	if err != nil {
		return nil, err
	}
	m.mark("ticket")
	media, err := videotest.New(videotest.Options{Mic: true, Layers: 1, Hear: most, See: most, Observe: m.observe, Checks: checks})
	if err != nil {
		return nil, err
	}
	sdp, uses, err := media.Offer()
	if err != nil {
		media.Close()
		return nil, err
	}
	m.mark("offer")
	media.PC.OnConnectionStateChange(func(s webrtc.PeerConnectionState) {
		if s == webrtc.PeerConnectionStateConnected {
			m.mark("keys")
		}
	})
	media.PC.OnICEConnectionStateChange(func(s webrtc.ICEConnectionState) {
		if s == webrtc.ICEConnectionStateConnected {
			m.mark("path")
		}
	})
	offer := signal.Offer{Generation: 1, SDP: sdp}
	for mid, use := range uses {
		offer.Lines = append(offer.Lines, signal.MediaLine{MID: mid, Use: signal.LineUse(use)})
	}
	ws, _, err := websocket.DefaultDialer.DialContext(ctx, "ws://"+p.address+"/socket", nil)
	if err != nil {
		media.Close()
		return nil, err
	}
	stop := make(chan struct{})
	var pumps sync.WaitGroup
	leave := sync.OnceFunc(func() {
		close(stop)
		pumps.Wait()
		_ = say(ws, "command", map[string]any{"verb": "leave"})
		_ = ws.Close()
		media.Close()
	})
	err = errors.Join(say(ws, "hello", signal.Hello{Versions: []int{1}, Ticket: word, Offer: &offer}),
		say(ws, "command", map[string]any{"verb": "send", "kind": "audio", "on": true}),
		say(ws, "command", map[string]any{"verb": "send", "kind": "video", "on": true}))
	if err == nil {
		m.mark("socket")
		err = answered(ws, media, m)
	}
	if err != nil {
		leave()
		return nil, err
	}
	go func() { // what else is told
		for {
			if _, _, err := ws.ReadMessage(); err != nil {
				return
			}
		}
	}()
	for track, sound := range map[*videotest.Track]bool{media.Mic: true, media.Camera[0]: false} {
		f := &flow{}
		f.of(sound, person)
		pumps.Go(func() { f.frames(stop, func(size int) { track.Frame(f.every, f.packets, size) }) })
	}
	return leave, nil
}

func say(ws *websocket.Conn, kind string, data any) error {
	return ws.WriteJSON(map[string]any{"type": kind, "data": data})
}

// answered waits for the answer to the offer.
func answered(ws *websocket.Conn, media *videotest.Client, m *meter) error {
	for {
		var message struct {
			Type string
			Data json.RawMessage
		}
		if err := ws.ReadJSON(&message); err != nil {
			return err
		}
		switch message.Type {
		case "answer":
			m.mark("answer")
			defer m.mark("accepted")
			var a signal.Answer
			if err := json.Unmarshal(message.Data, &a); err != nil {
				return err
			}
			return media.Accept(a.SDP)
		case "error", "bye":
			return errors.New("refused: " + string(message.Data))
		}
	}
}
