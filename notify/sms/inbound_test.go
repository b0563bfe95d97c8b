package sms

import (
	"testing"

	"handrail/notify"
)

func TestWhatPeopleAnswer(t *testing.T) {
	for text, want := range map[string]notify.Answer{
		"STOP": notify.AnswerStop, "stop": notify.AnswerStop, " Stop. ": notify.AnswerStop, "“STOP”": notify.AnswerStop, "S T O P": notify.AnswerStop,
		"ＳＴＯＰ": notify.AnswerStop, "stop it please": notify.AnswerStop, "opt-out": notify.AnswerStop, "Opt out": notify.AnswerStop, "STOP ALL": notify.AnswerStop,
		"unsubscribe me": notify.AnswerStop, "quit": notify.AnswerStop, "end": notify.AnswerStop, "cancel": notify.AnswerStop,
		"Parar": notify.AnswerStop, "baja": notify.AnswerStop, "¡Alto!": notify.AnswerStop, "cancelar": notify.AnswerStop,
		"توقف": notify.AnswerStop, "إيقاف": notify.AnswerStop, "ايقاف": notify.AnswerStop, "تَوَقَّف": notify.AnswerStop, "\u200fتوقـف": notify.AnswerStop, "إلغاء": notify.AnswerStop,
		"START": notify.AnswerStart, "unstop": notify.AnswerStart, "Iniciar": notify.AnswerStart, "ALTA": notify.AnswerStart, "ابدأ": notify.AnswerStart,
		"help": notify.AnswerHelp, "INFO": notify.AnswerHelp, "Ayuda": notify.AnswerHelp, "información": notify.AnswerHelp, "مساعدة": notify.AnswerHelp,
		"": notify.AnswerOther, "  ": notify.AnswerOther, "👍": notify.AnswerOther, "I can't stop": notify.AnswerOther, "end of my shift is at 5": notify.AnswerOther, "non-stop": notify.AnswerOther,
		"yes": notify.AnswerOther, "help me I am in danger": notify.AnswerOther,
	} {
		if got := Read(text); got != want {
			t.Errorf("%q is read as %s", text, got)
		}
	}
}
