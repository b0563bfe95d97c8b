package sms

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strconv"
	"strings"
	"time"

	"handrail/notify"
)

// tolerance is how old, or how far ahead, a signed request may be, as Standard
// Webhooks advises.
const tolerance = 5 * time.Minute

// Verify checks what a gateway signed: webhook-signature may hold several signatures
// with spaces between them, of which one must fit. It gives the time of signing. The
// error says nothing of which part was wrong.
func Verify(secret []byte, id, timestamp, signatures string, body []byte, now time.Time) (time.Time, error) {
	wrong := errors.New("sms: the request is not signed as it must be")
	unix, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || id == "" || len(id) > 256 || len(secret) < 24 {
		return time.Time{}, wrong
	}
	at := time.Unix(unix, 0).UTC()
	if d := now.Sub(at); d > tolerance || d < -tolerance {
		return time.Time{}, wrong
	}
	m := hmac.New(sha256.New, secret)
	m.Write([]byte(id + "." + timestamp + "."))
	m.Write(body)
	want := m.Sum(nil)
	for s := range strings.FieldsSeq(signatures) {
		version, text, _ := strings.Cut(s, ",")
		if got, err := base64.StdEncoding.DecodeString(text); version == "v1" && err == nil && hmac.Equal(got, want) {
			return at, nil
		}
	}
	return time.Time{}, wrong
}

// words are what people answer to an SMS, in the languages of the allow-list and in
// English for all: carriers know the English ones.
var words = map[string]notify.Answer{}

func init() {
	for answer, list := range map[notify.Answer]string{
		notify.AnswerStop: "STOP STOPALL STOPP UNSUBSCRIBE CANCEL END QUIT REVOKE OPTOUT " +
			"PARAR PARA PARE ALTO BASTA BAJA CANCELAR DETENER TERMINAR FIN SALIR " +
			"توقف إيقاف ايقاف أوقف اوقف قف إلغاء الغاء كفى",
		notify.AnswerStart: "START UNSTOP RESUME OPTIN " + "INICIAR INICIO EMPEZAR COMENZAR ALTA REANUDAR " + "ابدأ ابدا بدء استئناف اشتراك",
		notify.AnswerHelp:  "HELP INFO " + "AYUDA INFORMACIÓN INFORMACION " + "مساعدة ساعدني معلومات",
	} {
		for w := range strings.FieldsSeq(list) {
			words[plain(w)] = answer
		}
	}
}

// always are the words that stop also at the head of a longer text: whoever writes
// "stop it please" means it, "end of my shift" may be about something else.
var always = map[string]bool{plain("STOP"): true, plain("STOPALL"): true, plain("UNSUBSCRIBE"): true, plain("BAJA"): true, plain("توقف"): true, plain("إيقاف"): true}

// Read tells what a text that came back means.
func Read(text string) notify.Answer {
	fields := strings.Fields(plain(text))
	if len(fields) == 0 {
		return notify.AnswerOther
	}
	if a, ok := words[strings.Join(fields, "")]; ok { // "OPT OUT", "S T O P"
		return a
	}
	if always[fields[0]] {
		return notify.AnswerStop
	}
	return notify.AnswerOther
}
