package main

import (
	"context"
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/livekit/protocol/logger"
	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/pion/rtcp"
	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"

	"handrail/video/videotest"
)

// livekit is LiveKit's server, by its path, with its own client library.
type livekit struct{ path string }

func (livekit) name() string { return "LiveKit" }

// The keys are of this bench alone.
const (
	lkKey, lkSecret = "bench", "bench-bench-bench-bench-bench-bench"
	lkAddress       = "127.0.0.1:17880"
	lkConfig        = `
port: 17880
bind_addresses: ["127.0.0.1"]
rtc: {udp_port: 17882, tcp_port: 17881, use_external_ip: false, node_ip: 127.0.0.1, enable_loopback_candidate: true}
keys: {` + lkKey + `: ` + lkSecret + `}
logging: {level: error, pion_level: error}
`
)

func (l livekit) start(ctx context.Context) (*process, error) {
	logger.InitFromConfig(&logger.Config{Level: "panic"}, "bench")
	lksdk.SetLogger(logger.GetLogger())
	p, err := startPinned(ctx, []string{"LIVEKIT_CONFIG=" + lkConfig}, l.path)
	if err != nil {
		return nil, err
	}
	p.address = lkAddress
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	for range 200 {
		if c, err := net.Dial("tcp", lkAddress); err == nil {
			wait(ctx, time.Second)
			return p, c.Close()
		}
		wait(ctx, 50*time.Millisecond)
	}
	return nil, errors.Join(errors.New("LiveKit did not start"), p.stop())
}

func (l livekit) join(_ context.Context, p *process, room, person string, m *meter) (func(), error) {
	r, err := lksdk.ConnectToRoom("ws://"+p.address, lksdk.ConnectInfo{APIKey: lkKey, APISecret: lkSecret, RoomName: room, ParticipantIdentity: person},
		&lksdk.RoomCallback{ParticipantCallback: lksdk.ParticipantCallback{OnTrackSubscribed: func(t *webrtc.TrackRemote, _ *lksdk.RemoteTrackPublication, _ *lksdk.RemoteParticipant) {
			go func() {
				for {
					packet, _, err := t.ReadRTP()
					if err != nil {
						return
					}
					m.observe(t.Kind(), packet.Payload)
				}
			}()
		}}})
	if err != nil {
		return nil, err
	}
	stop := make(chan struct{})
	var pumps sync.WaitGroup
	leave := func() { close(stop); r.Disconnect(); pumps.Wait() }
	for _, t := range []*lkTrack{{mime: webrtc.MimeTypeOpus, clock: 48000, every: audioEvery, packets: 1, size: audioSize},
		{mime: webrtc.MimeTypeVP8, clock: 90000, every: frameEvery, packets: framePackets, size: frameSize}} {
		if err := t.publish(r); err != nil {
			leave()
			return nil, err
		}
		pumps.Go(func() { t.pump(stop) })
	}
	return leave, nil
}

// lkTrack sends what videotest's tracks send.
type lkTrack struct {
	mime          string
	clock         uint32
	every         time.Duration
	packets, size int

	track *lksdk.LocalTrack
	key   atomic.Bool
}

func (t *lkTrack) publish(r *lksdk.Room) (err error) {
	t.key.Store(true)
	t.track, err = lksdk.NewLocalTrack(webrtc.RTPCodecCapability{MimeType: t.mime, ClockRate: t.clock}, lksdk.WithRTCPHandler(func(p rtcp.Packet) {
		switch p.(type) {
		case *rtcp.PictureLossIndication, *rtcp.FullIntraRequest:
			t.key.Store(true)
		}
	}))
	if err == nil {
		_, err = r.LocalParticipant.PublishTrack(t.track, &lksdk.TrackPublicationOptions{Name: t.mime, VideoWidth: 640, VideoHeight: 360})
	}
	return err
}

func (t *lkTrack) pump(stop <-chan struct{}) {
	beat := time.NewTicker(t.every)
	defer beat.Stop()
	var seq, picture uint16
	var ts uint32
	for {
		select {
		case <-stop:
			return
		case <-beat.C:
		}
		ts += uint32(int64(t.every) * int64(t.clock) / int64(time.Second))
		picture++
		key := t.key.Swap(false)
		for i := range t.packets {
			seq++
			payload := videotest.Payload(t.clock == 48000, picture, i == 0, key, t.size)
			_ = t.track.WriteRTP(&rtp.Packet{Header: rtp.Header{Version: 2, SequenceNumber: seq, Timestamp: ts, Marker: i == t.packets-1}, Payload: payload}, nil)
		}
	}
}
