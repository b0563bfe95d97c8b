package notifytest

import (
	"bytes"
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// FCMMessage is the message resource as far as Handrail uses it
// (firebase.google.com/docs/reference/fcm/rest/v1/projects.messages). A field that
// is not here makes the endpoint refuse the request: also "notification", because
// Handrail sends data messages only.
type FCMMessage struct {
	Token        string            `json:"token"`
	Data         map[string]string `json:"data"`
	Android      *FCMAndroid       `json:"android"` // nil: the message is for a phone of Apple's
	APNS         *FCMApns          `json:"apns"`    // nil: it is for one of Android
	ValidateOnly bool              `json:"-"`
}

// FCMAndroid is the AndroidConfig.
type FCMAndroid struct {
	CollapseKey string `json:"collapse_key"`
	Priority    string `json:"priority"`
	TTL         string `json:"ttl"`
}

// FCMApns is the ApnsConfig.
type FCMApns struct {
	Headers map[string]string `json:"headers"`
	Payload struct {
		Aps struct {
			Alert *struct {
				TitleLocKey string `json:"title-loc-key"`
				LocKey      string `json:"loc-key"`
			} `json:"alert"`
			Sound            string `json:"sound"`
			ContentAvailable int    `json:"content-available"`
			MutableContent   int    `json:"mutable-content"`
		} `json:"aps"`
	} `json:"payload"`
}

var (
	ttlForm    = regexp.MustCompile(`^[0-9]+(\.[0-9]{1,9})?s$`)
	locKeyForm = regexp.MustCompile(`^notify\.(time|soon|look|now)\.(title|body)$`)
)

// readFCM parses a request, or says what is wrong with it.
func readFCM(r *http.Request, project string, body []byte) (FCMMessage, string) {
	var req struct {
		Message      FCMMessage `json:"message"`
		ValidateOnly bool       `json:"validate_only"`
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(&req); err != nil {
		return req.Message, "body: " + err.Error()
	}
	m := req.Message
	m.ValidateOnly = req.ValidateOnly
	switch {
	case r.Method != http.MethodPost || r.URL.Path != "/v1/projects/"+project+"/messages:send":
		return m, "address: " + r.Method + " " + r.URL.Path
	case !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json"):
		return m, "content type"
	case m.Token == "" || len(m.Token) > 4096:
		return m, "token"
	case m.ValidateOnly:
		return m, ""
	case m.Android == nil && m.APNS == nil:
		return m, "neither android nor apns"
	}
	for _, problem := range []string{m.checkData(), m.Android.check(), m.APNS.check()} {
		if problem != "" {
			return m, problem
		}
	}
	return m, ""
}

func (m FCMMessage) checkData() string {
	size := 0
	for k, v := range m.Data {
		size += len(k) + len(v)
		if k == "from" || k == "message_type" || strings.HasPrefix(k, "google") || strings.HasPrefix(k, "gcm") {
			return "data: a reserved key"
		}
	}
	if size > 4096 {
		return "data: larger than 4096 bytes"
	}
	if len(m.Data) != 3 || m.Data["kind"] == "" || m.Data["id"] == "" || m.Data["epoch"] == "" {
		return "data: something else than kind, id and epoch"
	}
	return ""
}

func (a *FCMAndroid) check() string {
	if a == nil {
		return ""
	}
	seconds, err := strconv.ParseFloat(strings.TrimSuffix(a.TTL, "s"), 64)
	switch {
	case a.Priority != "normal" && a.Priority != "high":
		return "android.priority"
	case !ttlForm.MatchString(a.TTL) || err != nil || seconds > 28*24*3600:
		return "android.ttl"
	case a.CollapseKey == "" || len(a.CollapseKey) > 64:
		return "android.collapse_key"
	}
	return ""
}

// check holds the headers against Apple's "Sending notification requests to APNs".
func (a *FCMApns) check() string {
	if a == nil {
		return ""
	}
	aps := a.Payload.Aps
	if len(a.Headers["apns-collapse-id"]) == 0 || len(a.Headers["apns-collapse-id"]) > 64 {
		return "apns-collapse-id"
	}
	if _, err := strconv.ParseInt(a.Headers["apns-expiration"], 10, 64); err != nil {
		return "apns-expiration"
	}
	switch a.Headers["apns-push-type"] {
	case "background":
		if a.Headers["apns-priority"] != "5" || aps.ContentAvailable != 1 || aps.Alert != nil || aps.Sound != "" {
			return "apns: a background push has priority 5, content-available and nothing to show"
		}
	case "alert":
		if a.Headers["apns-priority"] != "10" || aps.Alert == nil || !locKeyForm.MatchString(aps.Alert.LocKey) || !locKeyForm.MatchString(aps.Alert.TitleLocKey) {
			return "apns: an alert has priority 10 and names texts of the app"
		}
	default:
		return "apns-push-type"
	}
	return ""
}
