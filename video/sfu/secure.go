package sfu

import (
	"context"
	"crypto/x509"
	"errors"
	"net"
	"os"
	"strings"
	"time"

	"github.com/pion/dtls/v3"
	"github.com/pion/dtls/v3/pkg/crypto/fingerprint"
	"github.com/pion/srtp/v3"
)

// secrets are what an offer says of its transport.
type secrets struct {
	ufrag, pwd string
	hash, sum  string // of the certificate that its owner must show
	lite       bool   // it answers checks and makes none
	client     bool   // we begin the handshake
}

// secrets reads them; ok is false where one is missing.
func (o *offer) secrets() (s secrets, ok bool) {
	for _, a := range o.transport() {
		switch a.key {
		case "ice-ufrag":
			s.ufrag = a.value
		case "ice-pwd":
			s.pwd = a.value
		case "fingerprint":
			s.hash, s.sum, _ = strings.Cut(a.value, " ")
		}
	}
	_, s.lite = o.session.get("ice-lite")
	s.ufrag, s.pwd, s.hash, s.sum = strings.Clone(s.ufrag), strings.Clone(s.pwd), strings.Clone(s.hash), strings.Clone(s.sum) // or each keeps the whole offer
	return s, s.ufrag != "" && s.pwd != "" && s.sum != ""
}

// shake makes a DTLS connection with whoever has the certificate of the offer.
func (e *Engine) shake(ctx context.Context, w *wire, s secrets) (*dtls.Conn, error) {
	shared := []dtls.Option{
		dtls.WithCertificates(e.tls),
		dtls.WithSRTPProtectionProfiles(dtls.SRTP_AEAD_AES_256_GCM, dtls.SRTP_AEAD_AES_128_GCM, dtls.SRTP_AES128_CM_HMAC_SHA1_80),
		dtls.WithInsecureSkipVerify(true), // it is signed by itself; its sum is compared
		dtls.WithVerifyPeerCertificate(s.verify),
		dtls.WithFlightInterval(100 * time.Millisecond),
		dtls.WithLoggerFactory(quiet()),
	}
	var conn *dtls.Conn
	var err error
	if s.client {
		var options []dtls.ClientOption
		for _, o := range shared {
			options = append(options, o)
		}
		conn, err = dtls.ClientWithOptions(w, w.remote(), options...)
	} else {
		options := []dtls.ServerOption{dtls.WithClientAuth(dtls.RequireAnyClientCert),
			dtls.WithInsecureSkipVerifyHello(true)} // ICE has proved the address already
		for _, o := range shared {
			options = append(options, o)
		}
		conn, err = dtls.ServerWithOptions(w, w.remote(), options...)
	}
	if err != nil {
		return nil, err
	}
	if err := conn.HandshakeContext(ctx); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}

var errCertificate = errors.New("sfu: this is not the certificate of the offer")

// verify compares a certificate with its sum in the offer (RFC 8122, section 5).
func (s secrets) verify(raw [][]byte, _ [][]*x509.Certificate) error {
	if len(raw) == 0 {
		return errCertificate
	}
	cert, err := x509.ParseCertificate(raw[0])
	if err != nil {
		return err
	}
	hash, err := fingerprint.HashFromString(s.hash)
	if err != nil {
		return err
	}
	sum, err := fingerprint.Fingerprint(cert, hash)
	if err != nil {
		return err
	}
	if !strings.EqualFold(sum, s.sum) {
		return errCertificate
	}
	return nil
}

// Windows of packets in which one that comes twice is noticed.
const (
	rtpWindow  = 1024
	rtcpWindow = 256
)

// contexts makes the two directions of SRTP out of a handshake (RFC 5764).
func contexts(conn *dtls.Conn, client bool) (dec, enc *srtp.Context, err error) {
	state, ok := conn.ConnectionState()
	chosen, agreed := conn.SelectedSRTPProtectionProfile()
	if !ok || !agreed {
		return nil, nil, errors.New("sfu: no way of protecting media was agreed on")
	}
	c := srtp.Config{Profile: srtp.ProtectionProfile(chosen)}
	if err := c.ExtractSessionKeysFromDTLS(&state, client); err != nil {
		return nil, nil, err
	}
	if dec, err = srtp.CreateContext(c.Keys.RemoteMasterKey, c.Keys.RemoteMasterSalt, c.Profile,
		srtp.SRTPReplayProtection(rtpWindow), srtp.SRTCPReplayProtection(rtcpWindow)); err != nil {
		return nil, nil, err
	}
	enc, err = srtp.CreateContext(c.Keys.LocalMasterKey, c.Keys.LocalMasterSalt, c.Profile)
	return dec, enc, err
}

// temporary tells whether a read may be tried again.
func temporary(err error) bool {
	var ne net.Error
	return errors.Is(err, os.ErrDeadlineExceeded) || errors.As(err, &ne) && ne.Timeout()
}
