package learn

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"handrail/handlers/edge"
	"handrail/models"
	"handrail/models/education"
	"handrail/models/education/infobutton"
)

const routeInfobutton = "/infobutton" // what the log and the metrics say, whatever was asked

// infobutton answers a health record that asks for pages about a code (HL7 Context-Aware
// Knowledge Retrieval, URL-based): no sign-in, as it is about nobody. It stands beside the
// API's document: the guide wants parameters that are not known to be read over.
func (a *api) infobutton() {
	a.App().Get(routeInfobutton, func(c *fiber.Ctx) error {
		edge.SetRoute(c.UserContext(), routeInfobutton)
		c.Set("Content-Security-Policy", learnPolicy)
		c.Set("Referrer-Policy", "no-referrer")
		c.Set(fiber.HeaderCacheControl, "no-store")
		values, err := url.ParseQuery(string(c.Request().URI().QueryString()))
		if err != nil {
			return models.E(models.KindInvalid, "invalid-input", "The parameters can't be read.")
		}
		q, err := infobutton.ParseQuestion(values)
		if err != nil {
			return err
		}
		q.Language = a.reads(q.Language)[0]
		shown, err := a.Care.Learn.About(c.UserContext(), q)
		if err != nil {
			return err
		}
		return a.answer(c, q, shown)
	})
}

func (a *api) answer(c *fiber.Ctx, q infobutton.Question, shown []education.Shown) error {
	base := a.Config().BaseURL
	var pages []foundPage
	for _, s := range shown {
		pages = append(pages, foundPage{Title: s.Title, Summary: s.Summary, Language: s.Language, Href: base + "/learn/" + q.Language + "/" + s.ID})
	}
	title := education.Label(q.Language, "about")
	var body []byte
	var err error
	switch q.Answer {
	case infobutton.JSON:
		body, err = json.Marshal(jsonOf(title, q, pages))
	case infobutton.Atom:
		if body, err = xml.Marshal(atomOf(title, base+routeInfobutton, q, pages, a.Config().Now())); err == nil {
			body = append([]byte(xml.Header), body...)
		}
	default:
		var page bytes.Buffer
		var links []education.Link
		for _, p := range pages {
			links = append(links, education.Link{Href: p.Href, Text: p.Title, Lang: p.Language, More: p.Summary})
		}
		err = education.ListPage(&page, q.Language, education.Around{Style: learnStyle, Help: "/#/help", More: links})
		body = page.Bytes()
	}
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, string(q.Answer)+"; charset=utf-8")
	return c.Status(http.StatusOK).Send(body)
}
