package main

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"

	"github.com/livekit/protocol/logger"
	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/pion/rtcp"
	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"
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

// hush keeps LiveKit's client library from telling of everything that it does.
var hush = sync.OnceFunc(func() {
	logger.InitFromConfig(&logger.Config{Level: "panic"}, "bench")
	lksdk.SetLogger(logger.GetLogger())
})

func (l livekit) start(ctx context.Context) (*process, error) {
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
	hush()
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
	for _, t := range []*lkTrack{{mime: webrtc.MimeTypeOpus}, {mime: webrtc.MimeTypeVP8}} {
		t.flow.of(t.mime == webrtc.MimeTypeOpus, person)
		if err := t.publish(r); err != nil {
			leave()
			return nil, err
		}
		pumps.Go(func() { t.pump(stop) })
	}
	return leave, nil
}

// lkTrack is a flow that goes out through LiveKit's client library.
type lkTrack struct {
	flow
	mime  string
	track *lksdk.LocalTrack
}

func (t *lkTrack) publish(r *lksdk.Room) (err error) {
	t.key.Store(true)
	t.track, err = lksdk.NewLocalTrack(webrtc.RTPCodecCapability{MimeType: t.mime, ClockRate: t.clock}, lksdk.WithRTCPHandler(func(p rtcp.Packet) { t.asked(p) }))
	if err == nil {
		_, err = r.LocalParticipant.PublishTrack(t.track, &lksdk.TrackPublicationOptions{Name: t.mime, VideoWidth: 640, VideoHeight: 360})
	}
	return err
}

func (t *lkTrack) pump(stop <-chan struct{}) {
	t.flow.pump(stop, func(p *rtp.Packet) { _ = t.track.WriteRTP(p, nil) })
}
