package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// google plays fcm.googleapis.com and Google's sign-in on a loopback: it takes every
// message after 20 ms and counts them by their tokens.
type google struct {
	credentials string // file of a service account that signs in here
	servers     []*http.Server

	mu  sync.Mutex
	got map[string]bool
}

// playGoogle serves on 127.0.0.1:443 with a certificate of its own authority, which programs
// started from here trust (SSL_CERT_FILE).
func playGoogle(dir string) (*google, error) {
	g := &google{credentials: filepath.Join(dir, "credentials.json"), got: map[string]bool{}}
	cert, err := ownCertificate(filepath.Join(dir, "ca.pem"))
	if err != nil {
		return nil, err
	}
	if err := os.Setenv("SSL_CERT_FILE", filepath.Join(dir, "ca.pem")); err != nil {
		return nil, err
	}
	signIn, err := g.serve("127.0.0.1:0", nil, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"access_token":"t","token_type":"Bearer","expires_in":3600}`)
	})
	if err == nil {
		_, err = g.serve("127.0.0.1:443", &tls.Config{Certificates: []tls.Certificate{cert}, NextProtos: []string{"h2", "http/1.1"}}, g.take)
	}
	if err == nil {
		err = g.writeCredentials("http://" + signIn + "/token")
	}
	if err != nil {
		return nil, errors.Join(err, g.close())
	}
	return g, nil
}

func (g *google) serve(address string, secure *tls.Config, do http.HandlerFunc) (string, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return "", err
	}
	s := &http.Server{Handler: do, TLSConfig: secure, ReadHeaderTimeout: time.Minute}
	g.servers = append(g.servers, s)
	if secure == nil {
		go func() { _ = s.Serve(l) }()
	} else {
		go func() { _ = s.ServeTLS(l, "", "") }()
	}
	return l.Addr().String(), nil
}

func (g *google) close() error {
	var errs []error
	for _, s := range g.servers {
		errs = append(errs, s.Close())
	}
	return errors.Join(errs...)
}

func (g *google) take(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Message struct {
			Token string `json:"token"`
		} `json:"message"`
	}
	if err := json.NewDecoder(io.LimitReader(r.Body, 1<<20)).Decode(&in); err != nil || in.Message.Token == "" {
		http.Error(w, "no message", http.StatusBadRequest)
		return
	}
	time.Sleep(latency)
	g.mu.Lock()
	g.got[in.Message.Token] = true
	n := len(g.got)
	g.mu.Unlock()
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	fmt.Fprintf(w, `{"name":"projects/%s/messages/%d"}`, benchProject, n)
}

// begin forgets what came.
func (g *google) begin() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.got = map[string]bool{}
}

func (g *google) arrived() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.got)
}

func (g *google) writeCredentials(tokenURI string) error {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	text, err := json.Marshal(map[string]string{"type": "service_account", "project_id": benchProject, "private_key_id": "1", "client_id": "1",
		"client_email": "bench@" + benchProject + ".iam.gserviceaccount.com", "token_uri": tokenURI,
		"private_key": string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))})
	if err != nil {
		return err
	}
	return os.WriteFile(g.credentials, text, 0o600)
}

// ownCertificate makes one for Google's name that signs itself, and writes it to file.
func ownCertificate(file string) (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	now := time.Now()
	t := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "handrail-bench"}, DNSNames: []string{"fcm.googleapis.com"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(24 * time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	der, err := x509.CreateCertificate(rand.Reader, t, t, &key.PublicKey, key)
	if err != nil {
		return tls.Certificate{}, err
	}
	err = os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
}
