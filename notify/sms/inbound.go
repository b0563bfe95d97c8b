package sms

import (
	"strings"

	"handrail/notify"
)

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
