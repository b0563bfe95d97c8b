package learn

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/gofiber/fiber/v2"

	"handrail/handlers/edge"
	"handrail/models"
	"handrail/models/education"
)

const (
	routeLearn  = "/learn/{language}/{moduleId}" // what the log and the metrics say, whatever was read
	learnPolicy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	learnStyle  = "/styles/learn.css"
)

// page serves a module as a page that needs no sign-in and no script: for a link that
// a sister sends, a slow network, and paper.
func (a *api) page() {
	a.App().Get("/learn/:language/:module", func(c *fiber.Ctx) error {
		ctx := c.UserContext()
		edge.SetRoute(ctx, routeLearn)
		c.Set("Content-Security-Policy", learnPolicy)
		asked, id := c.Params("language"), c.Params("module")
		v, in, err := a.view(ctx, id, asked)
		if models.KindOf(err) == models.KindNotFound {
			return notThere(c)
		}
		if err != nil {
			return err
		}
		shown, _, err := a.Care.Learn.Module(ctx, id, a.reads(asked))
		if err != nil {
			return err
		}
		href, err := a.Care.Learn.Links(ctx, a.reads(asked), func(p education.Place) string { return onPage(p, asked) })
		if err != nil {
			return err
		}
		library := v.Library
		v = education.ViewOf(shown, href)
		v.Library = library
		around := education.Around{Asked: asked, Style: learnStyle, Help: "/#/help"}
		for _, other := range v.Related {
			if to := href(education.Place{Kind: education.PlaceModule, ID: other}); to != "" {
				if s, _, err := a.Care.Learn.Module(ctx, other, a.reads(asked)); err == nil {
					around.More = append(around.More, education.Link{Href: to, Text: s.Title, Lang: s.Language})
				}
			}
		}
		for _, language := range in {
			if language != v.Language {
				around.Others = append(around.Others, education.Link{Href: "/learn/" + language + "/" + v.ID, Text: languageNames[language], Lang: language})
			}
		}
		var page bytes.Buffer
		if err := education.Page(&page, v, around); err != nil {
			return err
		}
		tag := pageTag(page.Bytes())
		c.Set(fiber.HeaderETag, tag)
		c.Set(fiber.HeaderCacheControl, keepAsking)
		if (edge.Reading{IfNoneMatch: c.Get(fiber.HeaderIfNoneMatch)}).Unless(tag) != nil {
			return c.SendStatus(http.StatusNotModified)
		}
		c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
		return c.Send(page.Bytes())
	})
}

// onPage is where links of a page lead: to pages like it, and to help in the client.
func onPage(p education.Place, language string) string {
	if p.Kind == education.PlaceModule {
		return "/learn/" + language + "/" + p.ID
	}
	switch p.Kind {
	case education.PlaceHelp, education.PlacePlan, education.PlaceTry:
		return "/#/" + string(p.Kind)
	}
	return p.URL
}

// languageNames are what languages call themselves, for the links to other languages.
var languageNames = map[string]string{"en": "English", "es": "Español", "ar": "العربية"}

// notThere says that a page is not there, and where help is: in three languages, since
// nothing tells who asks.
func notThere(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	return c.Status(http.StatusNotFound).SendString(strings.TrimSpace(`
<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Handrail</title>
<link rel="stylesheet" href="` + learnStyle + `"></head><body class="module"><main><h1>This page is not here.</h1>
<p><a href="/#/help">Help now</a></p><p lang="es">Esta página no está aquí. <a href="/#/help">Ayuda ahora</a></p>
<p lang="ar" dir="rtl">هذه الصفحة غير موجودة هنا. <a href="/#/help">مساعدة الآن</a></p></main></body></html>`))
}
