package notifytest

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"net"
	"net/mail"
	"sync"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Mail is a mail server that wants TLS and a sign-in, and keeps what it gets.
type Mail struct {
	// Refuse says with which SMTP answer a recipient is refused; nil, or code 0,
	// accepts.
	Refuse func(to string) *smtp.SMTPError

	server   *smtp.Server
	listener net.Listener
	roots    *x509.CertPool
	mu       sync.Mutex
	got      []MailMessage
}

// MailMessage is one mail that was accepted.
type MailMessage struct {
	From, To string
	Message  *mail.Message
	Body     string
}

// MailUser and MailPassword are the only sign-in.
const (
	MailUser     = "clinic"
	MailPassword = "correct horse"
)

// NewMail starts a server at 127.0.0.1. Close it.
func NewMail() (*Mail, error) {
	cert, roots, err := selfSigned()
	if err != nil {
		return nil, err
	}
	m := &Mail{roots: roots}
	m.server = smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &mailSession{m: m, c: c}, nil }))
	m.server.Domain, m.server.TLSConfig = "localhost", &tls.Config{Certificates: []tls.Certificate{cert}}
	m.server.ReadTimeout, m.server.WriteTimeout = 10*time.Second, 10*time.Second
	if m.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return nil, err
	}
	go func() { _ = m.server.Serve(m.listener) }() // ends with Close
	return m, nil
}

// Close stops it.
func (m *Mail) Close() { _ = m.server.Close() }

// Port is where it listens.
func (m *Mail) Port() int { return m.listener.Addr().(*net.TCPAddr).Port }

// TLS trusts its certificate.
func (m *Mail) TLS() *tls.Config { return &tls.Config{RootCAs: m.roots, ServerName: "localhost"} }

// PEM is its certificate, for a program that is told to trust it (SSL_CERT_FILE).
func (m *Mail) PEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: m.server.TLSConfig.Certificates[0].Certificate[0]})
}

// Got lists the mails.
func (m *Mail) Got() []MailMessage {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]MailMessage(nil), m.got...)
}

type mailSession struct {
	m        *Mail
	c        *smtp.Conn
	signed   bool
	from, to string
}

func (s *mailSession) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *mailSession) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if _, secure := s.c.TLSConnectionState(); !secure || user != MailUser || password != MailPassword {
			return smtp.ErrAuthFailed
		}
		s.signed = true
		return nil
	}), nil
}

func (s *mailSession) Mail(from string, _ *smtp.MailOptions) error {
	if !s.signed {
		return smtp.ErrAuthRequired
	}
	s.from = from
	return nil
}

func (s *mailSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	if s.m.Refuse != nil {
		if err := s.m.Refuse(to); err != nil && err.Code != 0 {
			return err
		}
	}
	s.to = to
	return nil
}

func (s *mailSession) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	msg, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return errors.New("no mail as RFC 5322 has it")
	}
	body, err := io.ReadAll(msg.Body)
	if err != nil {
		return err
	}
	s.m.mu.Lock()
	defer s.m.mu.Unlock()
	s.m.got = append(s.m.got, MailMessage{s.from, s.to, msg, string(body)})
	return nil
}

func (s *mailSession) Reset()        { s.from, s.to = "", "" }
func (s *mailSession) Logout() error { return nil }

// selfSigned makes a certificate for localhost and a pool that trusts it.
func selfSigned() (tls.Certificate, *x509.CertPool, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, nil, err
	}
	t := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"},
		NotBefore: time.Unix(0, 0), NotAfter: time.Unix(1<<33, 0), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, t, t, &key.PublicKey, key)
	if err != nil {
		return tls.Certificate{}, nil, err
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		return tls.Certificate{}, nil, err
	}
	pool := x509.NewCertPool()
	pool.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool, nil
}

// ServerTLS is the certificate of the server, for another one of a test's own.
func (m *Mail) ServerTLS() *tls.Config { return m.server.TLSConfig.Clone() }
