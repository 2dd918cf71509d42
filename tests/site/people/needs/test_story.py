"""The life of a need in a real browser, on both databases, each page put to axe by day and by night."""

import re

from playwright.sync_api import Browser, Locator, Page
from tests.site.people.members.test_stories import Site, come_in, decide, follow, seen

NEED = "conditionnement à façon de coffrets cosmétiques"
BUYER, SUPPLIER = "bea@acheteur.example", "ada@atelier.example"


def test_a_buyer_finds_and_contacts_a_supplier_and_closes_the_need(browser: Browser, site: Site):
    with browser.new_page() as bea, browser.new_page() as ada, browser.new_page() as mo:
        come_in(mo, site, "Mo", "mo@essor.example")
        site.command("members", "entrust", "mo@essor.example", "moderator")
        come_in(bea, site, "Bea", BUYER)
        come_in(ada, site, "Ada", SUPPLIER)

        number = publish(bea, site)
        name, card = named(bea.locator("article").first)
        invite(bea, bea.locator("article").first)
        plainly = bea.get_by_text("Personne ne parle encore sur Essor pour").count()
        found = claim_card(ada, mo, site, card)
        found += accept_invitation(ada, site)
        told = site.command("members", "digest")
        found += answer_message(bea, site, number, name)
        found += read_message(ada, site, number)
        found += close_need(bea, site, number, name)
        found += tell_outcome(ada, site)
        bea.goto(f"{site.root}/besoins/{number}/suivi/")
        both = bea.locator(".dit").count()
        found += seen(bea)
        letters = received(site, BUYER)

    assert found == []
    assert (plainly, both) == (1, 2)
    assert "résumés partis : 1" in told
    assert letters
    assert SUPPLIER not in "".join(letters)
    assert "Reply-To" not in "".join(letters)


def test_an_esat_receives_an_invitation_refuses_and_a_moderator_hides_the_need(
    browser: Browser, site: Site
):
    with browser.new_page() as bea, browser.new_page() as ada, browser.new_page() as mo:
        come_in(mo, site, "Mo", "mo@essor.example")
        site.command("members", "entrust", "mo@essor.example", "moderator")
        come_in(bea, site, "Bea", BUYER)
        come_in(ada, site, "Ada", SUPPLIER)

        number = publish(bea, site)
        name, card = named(bea.locator("article", has_text="ESAT").first)
        found = claim_card(ada, mo, site, card)
        found += read_needs_that_suit(ada, site)
        bea.reload()
        article = bea.locator("article", has_text=name).first
        reached = article.get_by_text("elle sera prévenue").count()
        invite(bea, article)
        site.command("members", "mail")
        letters = received(site, SUPPLIER)
        found += refuse_invitation(ada, site, number)
        bea.goto(f"{site.root}/besoins/{number}/suivi/")
        why = bea.get_by_text("Motif : délai trop court (« Pas avant juin. »)").count()
        found += look(bea, site, f"besoins/{number}/corriger/", f"besoins/{number}/reponse/")
        found += hide(mo, site, number)
        found += look(bea, site, f"besoins/{number}/suivi/")

    assert found == []
    assert (reached, why) == (1, 1)
    assert len(letters) == 1
    assert BUYER not in letters[0]


def read_needs_that_suit(page: Page, site: Site) -> list[str]:
    """Ask to be written to at once, and read the needs published and those that suit."""
    follow(page.get_by_role("link", name=NEED).first)
    found = seen(page)
    page.goto(f"{site.root}/espace/besoins/")
    page.get_by_label("Aussitôt").check()
    page.get_by_role("button", name="Enregistrer").click()
    follow(page.get_by_role("link", name="Les besoins publiés"))
    found += seen(page)
    follow(page.get_by_role("link", name=NEED))
    return found + seen(page)


def refuse_invitation(page: Page, site: Site, number: str) -> list[str]:
    """Refuse without a reason, then with one."""
    page.goto(f"{site.root}/besoins/{number}/")
    page.get_by_role("link", name="L’échange de").click()
    page.get_by_role("link", name="Répondre à l’invitation").click()
    page.get_by_role("button", name="Ne pas répondre à ce besoin").click()
    page.get_by_text("Dites pourquoi : l’acheteur cherchera mieux").wait_for()
    found = seen(page)
    page.get_by_label("Pourquoi").select_option("too_soon")
    page.get_by_label("Précisez").fill("Pas avant juin.")
    page.get_by_role("button", name="Ne pas répondre à ce besoin").click()
    page.get_by_text("Votre réponse est enregistrée").wait_for()
    return found + seen(page)


def hide(page: Page, site: Site, number: str) -> list[str]:
    """Hide the need as a moderator."""
    found = look(page, site, "moderation/besoins/", f"moderation/besoins/{number}/")
    page.get_by_label("Motif").fill("Ce n’est pas un besoin.")
    page.get_by_role("button", name="Masquer ce besoin").click()
    page.get_by_text("C’est fait").wait_for()
    return found + seen(page)


def received(site: Site, recipient: str) -> list[str]:
    """Return the letters that lead somebody to an exchange."""
    texts = [file.read_text("utf-8") for file in (site.home.root / "courriels").iterdir()]
    return [text for text in texts if f"To: {recipient}" in text and "/echanges/" in text]


def look(page: Page, site: Site, *ways: str) -> list[str]:
    """Return what is reproached to pages."""
    found = []
    for way in ways:
        page.goto(f"{site.root}/{way}")
        found += seen(page)
    return found


def publish(page: Page, site: Site) -> str:
    """Say a need, publish it; return its number."""
    page.goto(f"{site.root}/besoins/")
    page.get_by_label("De quoi avez-vous besoin").fill(NEED)
    page.get_by_label("Marché réservé").select_option("handicap")
    page.get_by_role("button", name="Chercher").click()
    follow(page.get_by_role("link", name="Publier ce besoin, et inviter"))
    assert seen(page) == []
    page.get_by_role("button", name="Publier").click()
    page.get_by_role("heading", name="Qui inviter").wait_for()
    assert seen(page) == []
    found = re.search(r"/besoins/(\d+)/", page.url)
    assert found
    return found[1]


def named(article: Locator) -> tuple[str, str]:
    """Return the name of an organisation of the ranking, and its card."""
    card = str(article.get_by_role("link").get_attribute("href"))
    return re.sub(r"^\d+\. ", "", article.locator("label").inner_text()), card


def invite(page: Page, article: Locator) -> None:
    """Invite an organisation of the ranking."""
    article.get_by_role("checkbox").check()
    page.get_by_role("button", name="Inviter les organisations cochées").click()
    page.get_by_text("Invitations faites : 1").wait_for()
    assert seen(page) == []


def claim_card(ada: Page, mo: Page, site: Site, card: str) -> list[str]:
    """Claim the card of the organisation invited, and be accepted."""
    ada.goto(f"{site.root}{card}revendiquer/")
    ada.get_by_label("Ce qui le montre").fill("J’en suis la directrice, voir notre site.")
    ada.get_by_role("button", name="Envoyer ma demande").click()
    decide(mo, site, "Accepter")
    ada.goto(f"{site.root}/espace/")
    follow(ada.get_by_role("link", name="Invitations et besoins pour"))
    return seen(ada)


def accept_invitation(page: Page, site: Site) -> list[str]:
    """Read the invitation that waited, and answer that one is interested."""
    follow(page.get_by_role("link", name=NEED).first)
    found = seen(page)
    page.get_by_label("Votre message à l’acheteur").fill("Nous en faisons 5 000 par semaine.")
    page.get_by_role("button", name="Nous sommes intéressés").click()
    page.get_by_text("Votre réponse est enregistrée").wait_for()
    return found + seen(page)


def answer_message(page: Page, site: Site, number: str, name: str) -> list[str]:
    """Read that the organisation is interested, and write to it."""
    page.goto(f"{site.root}/espace/besoins/")
    found = seen(page)
    page.goto(f"{site.root}/besoins/{number}/suivi/")
    page.get_by_text("intéressée").first.wait_for()
    page.get_by_role("link", name=name).first.click()
    page.get_by_text("5 000 par semaine").wait_for()
    page.get_by_label("Votre message").fill("Pouvez-vous commencer <b>en mars</b> ?")
    page.get_by_role("button", name="Envoyer").click()
    page.get_by_text("transmis, sans votre adresse").wait_for()
    return found + seen(page)


def read_message(page: Page, site: Site, number: str) -> list[str]:
    """Read the message of the buyer as she wrote it, and look at how it would be reported."""
    page.reload()
    page.get_by_text("<b>en mars</b>").wait_for()
    follow(page.get_by_role("link", name="Signaler ce message"))
    found = seen(page)
    page.go_back()
    return found


def close_need(page: Page, site: Site, number: str, name: str) -> list[str]:
    """Close the need with the organisation retained."""
    page.goto(f"{site.root}/besoins/{number}/cloturer/")
    found = seen(page)
    page.get_by_label("Oui, avec une organisation trouvée ici").check()
    page.get_by_role("button", name="Clore le besoin").click()
    page.get_by_text("Dites avec quelle organisation").wait_for()
    found += seen(page)
    page.get_by_label(name).check()
    page.get_by_label("Pour quel montant").select_option("up_to_50k")
    page.get_by_role("button", name="Clore le besoin").click()
    page.get_by_text("Le besoin est clos").wait_for()
    return found


def tell_outcome(page: Page, site: Site) -> list[str]:
    """Read that one is retained, and tell what came of it from one's own side."""
    page.reload()
    page.get_by_text("Selon l’acheteur").wait_for()
    found = seen(page)
    follow(page.get_by_role("link", name="Dire ce qu’il en est advenu"))
    found += seen(page)
    page.get_by_label("Oui, nous avons conclu").check()
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("Selon", exact=False).nth(1).wait_for()
    return found
