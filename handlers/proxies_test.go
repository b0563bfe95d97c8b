package handlers_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/fasthttp/websocket"

	"handrail/care"
	"handrail/care/signin"
	"handrail/handlers"
	"handrail/handlers/edge"
	"handrail/handlers/edge/edgetest"
)

// The four proxies, each with its block of docs/network.md in front of one instance.
// HANDRAIL_TEST_REQUIRE_PROXIES makes a missing one a failure.
var fourProxies = map[string]struct {
	program string
	config  func(w *proxied, block string) (args []string)
}{
	"nginx":   {"nginx", (*proxied).nginx},
	"apache":  {"apache2", (*proxied).apache},
	"caddy":   {"caddy", (*proxied).caddy},
	"haproxy": {"haproxy", (*proxied).haproxy},
}

const siteHost = "care.example.org"

// proxied is an instance behind a proxy.
type proxied struct {
	*videoClinic
	dir    string // of the proxy: its configuration, its certificate
	port   string // on which it listens
	logs   *edgetest.Log
	client *http.Client
	dialer websocket.Dialer
}

func TestProxies(t *testing.T) {
	for name, p := range fourProxies {
		t.Run(name, func(t *testing.T) {
			program, err := exec.LookPath(p.program)
			if err != nil {
				if os.Getenv("HANDRAIL_TEST_REQUIRE_PROXIES") != "" {
					t.Fatal(err)
				}
				t.Skipf("%s is not here", p.program)
			}
			w := behindProxy(t)
			w.run(program, p.config(w, w.block(name)))
			w.signsInAndSaves()
			w.socketOpens()
			w.feedIsRead()
			w.addressArrives()
			w.tooLargeIsTold()
		})
	}
}

func behindProxy(t *testing.T) *proxied {
	w := &proxied{videoClinic: openVideoClinic(t), dir: t.TempDir(), logs: &edgetest.Log{}}
	if err := os.Chmod(w.dir, 0o755); err != nil { // Apache reads as another user
		t.Fatal(err)
	}
	w.api = handlers.New(handlers.Config{Care: w.Care, Video: w.video, Edge: edge.Config{Log: slog.New(slog.NewJSONHandler(w.logs, nil)), Now: w.Clock.Now, BaseURL: "https://" + siteHost, Secure: true, Proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}}})
	w.address = edgetest.Listen(t, w.api)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, w.port, _ = net.SplitHostPort(ln.Addr().String())
	_ = ln.Close()
	config := &tls.Config{RootCAs: w.certificate()}
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		from := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 9, 9, 9)}} // not the proxy's own
		return from.DialContext(ctx, "tcp", "127.0.0.1:"+w.port)
	}
	w.client = &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{DialContext: dial, TLSClientConfig: config, ForceAttemptHTTP2: true}}
	w.dialer = websocket.Dialer{HandshakeTimeout: 30 * time.Second, TLSClientConfig: &tls.Config{RootCAs: config.RootCAs, NextProtos: []string{"http/1.1"}}, NetDial: func(n, a string) (net.Conn, error) { return dial(t.Context(), n, a) }}
	t.Cleanup(w.client.CloseIdleConnections)
	return w
}

// certificate writes one for the site, and gives what trusts it.
func (w *proxied) certificate() *x509.CertPool {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		w.t.Fatal(err)
	}
	now := time.Now() // the proxies go by the machine's clock
	template := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{siteHost}, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour), IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		w.t.Fatal(err)
	}
	raw, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		w.t.Fatal(err)
	}
	cert := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	secret := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: raw})
	w.write("handrail.pem", string(cert))
	w.write("handrail.key", string(secret))
	w.write("handrail-both.pem", string(cert)+string(secret))
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(cert)
	return pool
}

func (w *proxied) write(name, text string) string {
	path := filepath.Join(w.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		w.t.Fatal(err)
	}
	return path
}

// block is what docs/network.md says, with this test's ports and folder.
func (w *proxied) block(name string) string {
	doc, err := os.ReadFile("../docs/network.md")
	if err != nil {
		w.t.Fatal(err)
	}
	found := regexp.MustCompile("(?s)```" + name + "\n(.*?)```").FindSubmatch(doc)
	if found == nil {
		w.t.Fatalf("docs/network.md has no block for %s", name)
	}
	return strings.NewReplacer("127.0.0.1:8080", w.address, "/etc/ssl/", w.dir+"/", "listen 443 ", "listen 127.0.0.1:"+w.port+" ", "*:443", "127.0.0.1:"+w.port,
		"bind :443 ", "bind 127.0.0.1:"+w.port+" ").Replace(string(found[1]))
}

func (w *proxied) nginx(block string) []string {
	user := ""
	if os.Geteuid() == 0 {
		user = "user root; " // its worker keeps large bodies in this test's folder
	}
	file := w.write("nginx.conf", user+"daemon off; pid "+w.dir+"/pid; error_log stderr; events {}\nhttp {\n access_log off; client_body_temp_path "+w.dir+"/b; proxy_temp_path "+w.dir+
		"/p; fastcgi_temp_path "+w.dir+"/f; uwsgi_temp_path "+w.dir+"/u; scgi_temp_path "+w.dir+"/s;\n"+block+"}\n")
	return []string{"-p", w.dir, "-c", file, "-e", "stderr"}
}

func (w *proxied) apache(block string) []string {
	var head strings.Builder
	for _, m := range []string{"mpm_event", "authz_core", "ssl", "headers", "rewrite", "proxy", "proxy_http", "proxy_wstunnel", "socache_shmcb"} {
		fmt.Fprintf(&head, "LoadModule %s_module /usr/lib/apache2/modules/mod_%s.so\n", m, m)
	}
	fmt.Fprintf(&head, "ServerRoot %s\nPidFile %s/pid\nDefaultRuntimeDir %s\nErrorLog %s/errors\nListen 127.0.0.1:%s\nServerName %s\n", w.dir, w.dir, w.dir, w.dir, w.port, siteHost)
	if os.Geteuid() == 0 {
		head.WriteString("User www-data\nGroup www-data\n")
	}
	return []string{"-f", w.write("apache.conf", head.String()+block), "-DFOREGROUND"}
}

func (w *proxied) caddy(block string) []string {
	block = strings.Replace(block, siteHost+" {", siteHost+":"+w.port+" {\n bind 127.0.0.1\n tls "+w.dir+"/handrail.pem "+w.dir+"/handrail.key", 1)
	return []string{"run", "--adapter", "caddyfile", "--config", w.write("Caddyfile", "{\n admin off\n auto_https off\n storage file_system "+w.dir+"\n}\n"+block)}
}

func (w *proxied) haproxy(block string) []string {
	return []string{"-db", "-f", w.write("haproxy.cfg", block)}
}

// run starts the proxy and waits until it passes something on.
func (w *proxied) run(program string, args []string) {
	var said bytes.Buffer
	cmd := exec.Command(program, args...)
	cmd.Stdout, cmd.Stderr, cmd.Dir = &said, &said, w.dir
	cmd.Env = append(os.Environ(), "HOME="+w.dir, "XDG_DATA_HOME="+w.dir, "XDG_CONFIG_HOME="+w.dir)
	if err := cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	w.t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		select {
		case <-ended:
		case <-time.After(5 * time.Second):
			_ = cmd.Process.Kill()
			<-ended
		}
	})
	for deadline := time.After(20 * time.Second); ; {
		if res, err := w.client.Get("https://" + siteHost + "/livez"); err == nil {
			_ = res.Body.Close()
			return
		}
		select {
		case err := <-ended:
			ended <- err
			more, _ := os.ReadFile(w.dir + "/errors")
			w.t.Fatalf("%s ended: %v\n%s%s", program, err, &said, more)
		case <-deadline:
			w.t.Fatalf("%s does not answer", program)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// say sends one request through the proxy.
func (w *proxied) say(status int, method, path, token string, body any, headers ...string) (http.Header, []byte) {
	w.t.Helper()
	var text []byte
	if body != nil {
		var err error
		if text, err = json.Marshal(body); err != nil {
			w.t.Fatal(err)
		}
	}
	rq, err := http.NewRequestWithContext(w.t.Context(), method, "https://"+siteHost+path, bytes.NewReader(text))
	if err != nil {
		w.t.Fatal(err)
	}
	if body != nil {
		rq.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		rq.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		rq.Header.Set(headers[i], headers[i+1])
	}
	res, err := w.client.Do(rq)
	if err != nil {
		w.t.Fatal(err)
	}
	defer res.Body.Close()
	out, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	if res.StatusCode != status {
		w.t.Errorf("%s %s: %d, want %d: %.300s", method, path, res.StatusCode, status, out)
	}
	return res.Header, out
}

func (w *proxied) signsInAndSaves() {
	code, err := w.Care.Signin.NewEnrolmentCode(w.t.Context(), care.System(), w.patient.AccountID, signin.CodeRequest{})
	if err != nil {
		w.t.Fatal(err)
	}
	_, out := w.say(201, "POST", "/v1/auth/enrol", "", map[string]any{"code": code.Code, "device": map[string]any{"id": care.NewID(), "name": "Phone"}})
	var in struct {
		AccessToken string `json:"accessToken"`
	}
	if err := json.Unmarshal(out, &in); err != nil {
		w.t.Fatal(err)
	}
	chart := "/v1/patients/" + w.patient.PatientID
	w.say(201, "POST", chart+"/check-ins", in.AccessToken, map[string]any{"id": care.NewID(), "formVersion": 1, "answeredAt": w.Clock.Now(), "zone": "America/New_York", "answers": map[string]any{"mood": 5}})
	goal := map[string]any{"id": care.NewID(), "title": "Sleep", "domain": "health"}
	head, _ := w.say(201, "POST", chart+"/goals", in.AccessToken, goal)
	where := head.Get("Location")
	head, _ = w.say(200, "GET", where, in.AccessToken, nil)
	tag := head.Get("ETag")
	w.say(304, "GET", where, in.AccessToken, nil, "If-None-Match", tag)
	head, _ = w.say(200, "HEAD", where, in.AccessToken, nil)
	if head.Get("ETag") != tag {
		w.t.Errorf("HEAD has the tag %s, GET %s", head.Get("ETag"), tag)
	}
	change := map[string]any{"title": "Sleep more", "domain": "health"}
	w.say(200, "PUT", where, in.AccessToken, change, "If-Match", tag)
	change["title"] = "Sleep less" // the same again would be the same thing
	w.say(412, "PUT", where, in.AccessToken, change, "If-Match", tag)
	w.say(428, "PUT", where, in.AccessToken, change)
}

func (w *proxied) socketOpens() {
	token := w.SignIn(w.patient.AccountID).AccessToken
	_, out := w.say(200, "POST", "/v1/patients/"+w.patient.PatientID+"/appointments/"+w.visit.ID+"/join", token, nil)
	var j handlers.Joining
	if err := json.Unmarshal(out, &j); err != nil {
		w.t.Fatal(err)
	}
	ws, res, err := w.dialer.Dial("wss://"+siteHost+j.Socket+"?x=1", http.Header{"Origin": {"https://" + siteHost}})
	if err != nil {
		w.t.Fatal(err, res)
	}
	defer ws.Close()
	if err := ws.WriteJSON(map[string]any{"type": "hello", "data": map[string]any{"versions": []int{1}, "ticket": j.Ticket}}); err != nil {
		w.t.Fatal(err)
	}
	_ = ws.SetReadDeadline(time.Now().Add(30 * time.Second))
	_, first, err := ws.ReadMessage()
	if err != nil || !bytes.Contains(first, []byte(`"welcome"`)) {
		w.t.Errorf("first message: %s, %v", first, err)
	}
	if _, res, err := w.dialer.Dial("wss://"+siteHost+j.Socket, http.Header{"Origin": {"https://elsewhere.test"}}); err == nil {
		_ = res.Body.Close()
		w.t.Error("a page from elsewhere may connect")
	}
}

func (w *proxied) feedIsRead() {
	_, out := w.say(201, "POST", "/v1/me/calendar-feed", w.SignIn(w.patient.AccountID).AccessToken, nil)
	var feed struct {
		Path string `json:"path"`
	}
	if err := json.Unmarshal(out, &feed); err != nil {
		w.t.Fatal(err)
	}
	head, body := w.say(200, "GET", feed.Path+"?anything=1", "", nil)
	if !strings.HasPrefix(head.Get("Content-Type"), "text/calendar") || !bytes.Contains(body, []byte("BEGIN:VEVENT")) {
		w.t.Errorf("the feed is %s: %.100s", head.Get("Content-Type"), body)
	}
	w.say(304, "GET", feed.Path, "", nil, "If-None-Match", head.Get("ETag"))
	w.say(200, "HEAD", feed.Path, "", nil)
}

// addressArrives: that of the person, and not one that they made up.
func (w *proxied) addressArrives() {
	w.say(200, "GET", "/v1/site", "", nil, "X-Forwarded-For", "203.0.113.66", "Forwarded", "for=203.0.113.67")
	all := strings.Split(strings.TrimSpace(w.logs.String()), "\n")
	if last := all[len(all)-1]; !strings.Contains(last, `"from":"127.9.9.0/24"`) {
		w.t.Errorf("the address that arrives: %s", last)
	}
}

func (w *proxied) tooLargeIsTold() {
	head, out := w.say(413, "POST", "/v1/patients/"+w.patient.PatientID+"/goals", w.SignIn(w.patient.AccountID).AccessToken, strings.Repeat("x", 3<<19))
	if head.Get("Content-Type") != edge.ProblemType {
		w.t.Errorf("%.200s", out)
	}
}
