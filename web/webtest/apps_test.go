package webtest

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// A patient lets an app of somebody else read one of two things, sees it under "Apps
// that read for me" and stops it there, one by one.
func TestAPatientLetsAnAppRead(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya, admin := c.person("patient", ""), c.person("administrator", "")
	came := make(chan url.Values, 4)
	app := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/back" {
			came <- r.URL.Query()
		}
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<!doctype html><title>Diary</title><h1>Diary</h1>"))
	}))
	defer app.Close()
	office := newPhone(t, c.BaseURL, "en-US")
	office.signIn(admin.EnrolmentCode)
	office.load("#/office/apps")
	office.title("Apps of others")
	office.fill("Name of the app", "Diary")
	office.fill("Address to go back to", app.URL+"/back")
	office.tap("Register")
	office.see("Its client id:")
	office.accessible("office: apps")
	id := eval[string](office, "document.querySelector('.code').textContent")

	p := newPhone(t, c.BaseURL, "en-US")
	p.signIn(maya.EnrolmentCode)
	verifier := strings.Repeat("verifier", 6)
	sum := sha256.Sum256([]byte(verifier))
	ask := url.Values{"response_type": {"code"}, "client_id": {id}, "redirect_uri": {app.URL + "/back"}, "scope": {"openid patient/*.rs"}, "state": {"s"}, "aud": {c.BaseURL + "/fhir/R4"},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}, "code_challenge_method": {"S256"}}
	p.load("../oauth/authorize?" + ask.Encode())
	p.title("Diary wants to read")
	p.see("You can say no.")
	p.accessible("an app asks")
	p.shot("app-asks")
	p.tap("Let it read these")
	p.see("Please look at these first:")
	p.tap("When your visits are and with whom")
	p.tap("Your name, birthday and phone number")
	p.tap("Let it read these")
	code := (<-came).Get("code")
	res, err := http.PostForm(c.BaseURL+"/oauth/token", url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {app.URL + "/back"}, "client_id": {id}, "code_verifier": {verifier}})
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var got struct {
		Token   string `json:"access_token"`
		Patient string `json:"patient"`
	}
	if err := json.NewDecoder(res.Body).Decode(&got); err != nil || got.Patient != maya.PatientID {
		t.Fatalf("%v %+v", err, got)
	}
	reads := func(path string) int {
		rq, err := http.NewRequest(http.MethodGet, c.BaseURL+"/fhir/R4/"+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		rq.Header.Set("Authorization", "Bearer "+got.Token)
		res, err := http.DefaultClient.Do(rq)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		return res.StatusCode
	}
	if a, b := reads("Patient/"+maya.PatientID), reads("Practitioner/x"); a != 200 || b != 403 {
		t.Errorf("%d %d", a, b)
	}
	p.load("#/apps")
	p.title("Apps that read for me")
	p.accessible("apps that read for me")
	p.tap("Stop this: Your name, birthday and phone number")
	p.see("It is stopped, from now on.")
	if a, b := reads("Patient/"+maya.PatientID), reads("Appointment"); a != 403 || b != 200 {
		t.Errorf("%d %d", a, b)
	}
	p.tap("Stop it all: Diary")
	p.see("No app reads for you.")
	if a := reads("Appointment"); a != 401 {
		t.Errorf("%d", a)
	}
}
