package sfu

import (
	"github.com/pion/ice/v4"
	"github.com/pion/interceptor"
	"github.com/pion/sdp/v3"
	"github.com/pion/webrtc/v4"
)

// The two codecs, which every browser has. The numbers are only a wish: an
// answer takes those of the offer.
const (
	opusType = 111
	vp8Type  = 96
	rtxType  = 97

	opusClock = 48000
	vp8Clock  = 90000
)

const (
	extAbsSendTime = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"
	extAudioLevel  = sdp.AudioLevelURI // RFC 6464
	extMID         = sdp.SDESMidURI
	extRID         = sdp.SDESRTPStreamIDURI
)

// extensions are those that are read or written; naming are those among them that say
// to which line and layer a packet belongs.
var (
	extensions = []string{extMID, extRID, sdp.SDESRepairRTPStreamIDURI, extAbsSendTime, extAudioLevel}
	naming     = map[string]bool{extMID: true, extRID: true, sdp.SDESRepairRTPStreamIDURI: true}
)

// api builds the settings of the one PeerConnection that answers an offer: what there is
// to be agreed on. The way of the packets is not its own: see channel.go.
func (e *Engine) api(ufrag, pwd string) (*webrtc.API, error) {
	m := &webrtc.MediaEngine{}
	if err := registerCodecs(m); err != nil {
		return nil, err
	}
	s := webrtc.SettingEngine{LoggerFactory: quiet()}
	s.SetICECredentials(ufrag, pwd)
	s.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	s.SetNetworkTypes(nil)
	s.SetNet(e.net)
	s.SetIgnoreRidPauseForRecv(true)
	s.DisableMediaEngineCopy(true)
	return webrtc.NewAPI(webrtc.WithMediaEngine(m), webrtc.WithSettingEngine(s),
		webrtc.WithInterceptorRegistry(&interceptor.Registry{})), nil
}

func registerCodecs(m *webrtc.MediaEngine) error {
	opus := webrtc.RTPCodecParameters{PayloadType: opusType, RTPCodecCapability: webrtc.RTPCodecCapability{
		MimeType: webrtc.MimeTypeOpus, ClockRate: opusClock, Channels: 2,
		SDPFmtpLine: "minptime=10;useinbandfec=1;usedtx=1"}}
	vp8 := webrtc.RTPCodecParameters{PayloadType: vp8Type, RTPCodecCapability: webrtc.RTPCodecCapability{
		MimeType: webrtc.MimeTypeVP8, ClockRate: vp8Clock, RTCPFeedback: []webrtc.RTCPFeedback{
			{Type: "goog-remb"}, {Type: "nack"}, {Type: "nack", Parameter: "pli"}, {Type: "ccm", Parameter: "fir"}}}}
	rtx := webrtc.RTPCodecParameters{PayloadType: rtxType, RTPCodecCapability: webrtc.RTPCodecCapability{
		MimeType: webrtc.MimeTypeRTX, ClockRate: vp8Clock, SDPFmtpLine: "apt=96"}}
	for kind, list := range map[webrtc.RTPCodecType][]webrtc.RTPCodecParameters{
		webrtc.RTPCodecTypeAudio: {opus}, webrtc.RTPCodecTypeVideo: {vp8, rtx}} {
		for _, c := range list {
			if err := m.RegisterCodec(c, kind); err != nil {
				return err
			}
		}
	}
	return registerExtensions(m)
}

func registerExtensions(m *webrtc.MediaEngine) error {
	for _, uri := range []string{sdp.SDESMidURI, sdp.SDESRTPStreamIDURI, sdp.SDESRepairRTPStreamIDURI, extAbsSendTime} {
		if err := m.RegisterHeaderExtension(webrtc.RTPHeaderExtensionCapability{URI: uri}, webrtc.RTPCodecTypeVideo); err != nil {
			return err
		}
	}
	for _, uri := range []string{sdp.SDESMidURI, extAudioLevel, extAbsSendTime} {
		if err := m.RegisterHeaderExtension(webrtc.RTPHeaderExtensionCapability{URI: uri}, webrtc.RTPCodecTypeAudio); err != nil {
			return err
		}
	}
	return nil
}
