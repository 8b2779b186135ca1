// Files, folders and sites by their names (OneDrive's "path-based addressing"), in the shipped
// company's drives.
#include <gtest/gtest.h>

#include "base/json.h"
#include "support/test_server.h"

namespace graphmock {
namespace {

using support::at;
using support::TestServer;

const std::string kRoot = "/v1.0/me/drive/root";
const std::string kPlan = "014TG5WMJQY5BOQHT2VNBZKSMT7J7647I6";  // /Documents/Launch plan.docx
const std::string kPictures = "01QIZ6ORGFHH2QBICQFQXJVXL5PN2OWVKL";

class Drive : public testing::Test {
 protected:
  support::RawResponse put(const std::string& path, const std::string& content) const {
    return server_.send("PUT", kRoot + ":" + path + ":/content", content,
                        {{"Content-Type", "text/plain"}});
  }
  support::RawResponse content(const std::string& path, const std::string& range = "") const {
    support::RequestHeaders headers;
    if (!range.empty()) headers.emplace_back("Range", range);
    return server_.send("GET", kRoot + ":" + path + ":/content", "", headers);
  }
  // The names of a folder's children, in their order.
  std::string names_in(const std::string& folder) const {
    const auto body = support::json_of(server_.get(folder + "/children"));
    std::string names;
    for (const auto& item : body.at("value").as_array()) {
      names += (names.empty() ? "" : ", ") + base::to_json(item.at("name"));
    }
    return names;
  }

  TestServer server_;
};

TEST_F(Drive, HasItsRootAndItemsByNameInAnyCase) {
  EXPECT_EQ(at(server_.get(kRoot), "/name"), R"("root")");
  for (const std::string path : {":/Documents/Launch%20plan.docx", ":/documents/LAUNCH%20PLAN.docx",
                                 ":/Documents/Launch%20plan.docx:"}) {
    EXPECT_EQ(at(server_.get(kRoot + path), "/id"), '"' + kPlan + '"') << path;
  }
  EXPECT_EQ(at(server_.get("/v1.0/me/drive/items/" + kPlan), "/name"), R"("Launch plan.docx")");
  EXPECT_EQ(at(server_.get("/v1.0/me/drive/ROOT:/Documents:/name"), "/value"), R"("Documents")");
}

TEST_F(Drive, GoesOnBehindAPath) {
  EXPECT_EQ(names_in(kRoot + ":/Documents:"),
            R"("Launch plan.docx", "Budget 2027.xlsx", "Interview notes.txt")");
  EXPECT_EQ(server_.count(kRoot + ":/Documents:/children/$count"), "3");
  EXPECT_EQ(
      at(server_.get(kRoot + ":/Documents/Launch%20plan.docx:/permissions"), "/value/0/roles"),
      R"(["owner"])");
  // From an item on, and from a path once more.
  const auto documents = at(server_.get(kRoot + ":/Documents"), "/id");
  const auto items = "/v1.0/me/drive/items/" + documents.substr(1, documents.size() - 2);
  EXPECT_EQ(at(server_.get(items + ":/Launch%20plan.docx"), "/id"), '"' + kPlan + '"');
}

TEST_F(Drive, IsItselfAtTheEmptyPath) {
  for (const std::string path : {":", ":/", ":/:"}) {
    EXPECT_EQ(at(server_.get(kRoot + path), "/name"), R"("root")") << path;
  }
  EXPECT_EQ(names_in(kRoot + ":/:"), R"("Documents", "Pictures", "todo.txt")");
}

TEST_F(Drive, SaysWhatAnItemIsOneOf) {
  const auto context = [&](const std::string& path) {
    const auto text = at(server_.get(path), "/@odata.context");
    return text.substr(text.find('#'));
  };
  EXPECT_EQ(context(kRoot + ":/Documents"), "#me/drive/root/$entity\"");
  EXPECT_EQ(context(kRoot + ":/Documents:/children"), "#me/drive/root/children\"");
  EXPECT_EQ(context("/v1.0/sites/contoso.sharepoint.com:/sites/productlaunch"), "#sites/$entity\"");
  EXPECT_EQ(context("/v1.0/sites/contoso.sharepoint.com:/sites/productlaunch:/lists"),
            "#sites('contoso.sharepoint.com:%2Fsites%2Fproductlaunch')/lists\"");
}

TEST_F(Drive, LacksWhatNoNameLeadsTo) {
  for (const std::string path : {":/none", ":/Documents/none:/children", ":/none:/content"}) {
    const auto response = server_.get(kRoot + path);
    EXPECT_EQ(response.status, 404) << path;
    EXPECT_EQ(at(response, "/error/code"), R"("itemNotFound")") << path;
  }
}

TEST_F(Drive, CreatesAFileWithTheFoldersOnTheWay) {
  const auto created = put("/a/b/c.txt", "hello");
  EXPECT_EQ(created.status, 201);
  EXPECT_EQ(at(created, "/name"), R"("c.txt")");
  EXPECT_EQ(at(created, "/size"), "5");
  EXPECT_EQ(at(created, "/file/mimeType"), R"("text/plain")");
  EXPECT_EQ(at(created, "/@odata.context"),
            '"' + server_.origin() + "/v1.0/$metadata#me/drive/root/$entity\"");
  EXPECT_EQ(names_in(kRoot), R"("Documents", "Pictures", "todo.txt", "a")");
  EXPECT_EQ(at(server_.get(kRoot + ":/a"), "/folder"), "{}");
  EXPECT_EQ(names_in(kRoot + ":/a/b:"), R"("c.txt")");
  const auto id = at(created, "/id");
  EXPECT_EQ(at(server_.get("/v1.0/me/drive/items/" + id.substr(1, id.size() - 2)), "/name"),
            R"("c.txt")");
}

TEST_F(Drive, ReplacesAFilesContent) {
  const auto id = at(put("/a.txt", "hello"), "/id");
  const auto replaced = put("/a.txt", "good morning");
  EXPECT_EQ(replaced.status, 200);
  EXPECT_EQ(at(replaced, "/id"), id);
  EXPECT_EQ(at(replaced, "/size"), "12");
  EXPECT_EQ(content("/a.txt").body, "good morning");
  EXPECT_EQ(server_.count(kRoot + "/children/$count"), "4");
}

TEST_F(Drive, GivesAFilesContentOrARangeOfIt) {
  put("/a.txt", "hello world");
  const auto whole = content("/a.txt");
  EXPECT_EQ(whole.status, 200);
  EXPECT_EQ(whole.header("Content-Type"), "text/plain");
  EXPECT_EQ(whole.header("Accept-Ranges"), "bytes");
  EXPECT_EQ(whole.body, "hello world");
  const std::vector<std::array<std::string, 3>> kRanges = {
      {"bytes=1-3", "ell", "bytes 1-3/11"},
      {"bytes=6-", "world", "bytes 6-10/11"},
      {"bytes=-2", "ld", "bytes 9-10/11"},
      {"bytes=6-100", "world", "bytes 6-10/11"}};
  for (const auto& [range, bytes, said] : kRanges) {
    const auto part = content("/a.txt", range);
    EXPECT_EQ(part.status, 206) << range;
    EXPECT_EQ(part.body, bytes) << range;
    EXPECT_EQ(part.header("Content-Range"), said) << range;
  }
  const auto behind = content("/a.txt", "bytes=11-");
  EXPECT_EQ(behind.status, 416);
  EXPECT_EQ(behind.header("Content-Range"), "bytes */11");
  EXPECT_EQ(at(behind, "/error/code"), R"("invalidRequest")");
  EXPECT_EQ(content("/a.txt", "lines=1-2").status, 200);
}

TEST_F(Drive, DeletesContentOrTheWholeItem) {
  put("/a/b.txt", "hello");
  EXPECT_EQ(server_.send("DELETE", kRoot + ":/a/b.txt:/content").status, 204);
  EXPECT_EQ(content("/a/b.txt").status, 404);
  EXPECT_EQ(server_.get(kRoot + ":/a/b.txt").status, 200);
  EXPECT_EQ(server_.send("DELETE", kRoot + ":/a").status, 204);
  EXPECT_EQ(server_.get(kRoot + ":/a/b.txt").status, 404);
  EXPECT_EQ(names_in(kRoot), R"("Documents", "Pictures", "todo.txt")");
}

TEST_F(Drive, OfASiteIsFoundByTheSitesNames) {
  for (const std::string site : {"root", "ROOT", "contoso.sharepoint.com"}) {
    EXPECT_EQ(at(server_.get("/v1.0/sites/" + site), "/displayName"), R"("Contoso")") << site;
  }
  for (const std::string site :
       {"contoso.sharepoint.com:/sites/productlaunch",
        "contoso.sharepoint.com:/Sites/ProductLaunch:", "root:/sites/productlaunch"}) {
    EXPECT_EQ(at(server_.get("/v1.0/sites/" + site), "/displayName"), R"("Product Launch")")
        << site;
  }
  EXPECT_EQ(at(server_.get("/v1.0/sites/contoso.sharepoint.com:/sites/productlaunch:/lists"),
               "/value/0/displayName"),
            R"("Launch checklist")");
  EXPECT_EQ(server_.get("/v1.0/sites/contoso.sharepoint.com:/sites/productlaunch:/drive").status,
            200);
  for (const std::string site : {"none", "contoso.sharepoint.com:/sites/none", "none:/sites/x"}) {
    EXPECT_EQ(server_.get("/v1.0/sites/" + site).status, 404) << site;
  }
}

TEST_F(Drive, CopiesAnItemBesideIt) {
  const auto copied =
      server_.send("POST", "/v1.0/me/drive/items/" + kPlan + "/copy", R"({"name": "Copy.docx"})");
  EXPECT_EQ(copied.status, 202);
  EXPECT_EQ(copied.body, "");
  const auto location = copied.header("Location").value_or("");
  ASSERT_TRUE(location.starts_with(server_.origin() + "/v1.0/drives/")) << location;
  EXPECT_EQ(at(server_.get(location.substr(server_.origin().size())), "/name"), R"("Copy.docx")");
  EXPECT_EQ(names_in(kRoot + ":/Documents:"),
            R"("Launch plan.docx", "Budget 2027.xlsx", "Interview notes.txt", "Copy.docx")");
}

TEST_F(Drive, CopiesAFolderWithAllInIt) {
  put("/a/b/c.txt", "hello");
  EXPECT_EQ(server_.send("POST", kRoot + ":/a:/copy", R"({"name": "a2"})").status, 202);
  EXPECT_EQ(content("/a2/b/c.txt").body, "hello");
  put("/a2/b/c.txt", "changed");
  EXPECT_EQ(content("/a/b/c.txt").body, "hello");
  EXPECT_EQ(server_.send("DELETE", kRoot + ":/a2").status, 204);
  EXPECT_EQ(content("/a/b/c.txt").body, "hello");
}

TEST_F(Drive, CopiesAFolderThatHoldsItselfOnce) {
  put("/a/b/c.txt", "hello");
  const auto id = at(server_.get(kRoot + ":/a"), "/id");
  server_.send("POST", kRoot + ":/a/b:/children/$ref",
               R"({"@odata.id": "me/drive/items/)" + id.substr(1) + "}");
  EXPECT_EQ(names_in(kRoot + ":/a/b:"), R"("c.txt", "a")");
  EXPECT_EQ(server_.send("POST", kRoot + ":/a:/copy", R"({"name": "a2"})").status, 202);
  EXPECT_EQ(names_in(kRoot + ":/a2/b:"), R"("c.txt")");
}

TEST_F(Drive, CopiesAnItemToTheFolderThatIsNamed) {
  const auto copy = [&](const std::string& reference) {
    return server_.send("POST", kRoot + ":/todo.txt:/copy",
                        R"({"parentReference": )" + reference + "}");
  };
  EXPECT_EQ(copy(R"({"id": ")" + kPictures + "\"}").status, 202);
  EXPECT_EQ(copy(R"({"path": "/drive/root:/Documents"})").status, 202);
  EXPECT_EQ(names_in(kRoot + ":/Pictures:"), R"("whiteboard.jpg", "todo.txt")");
  EXPECT_EQ(server_.get(kRoot + ":/Documents/todo.txt").status, 200);
  EXPECT_EQ(copy(R"({"id": "none"})").status, 404);
  EXPECT_EQ(copy(R"({"path": "/drive/root:/none"})").status, 404);
  EXPECT_EQ(names_in(kRoot), R"("Documents", "Pictures", "todo.txt")");
}

TEST_F(Drive, HasAllBelowAFolderInItsDelta) {
  const auto delta = support::json_of(server_.get(kRoot + "/delta"));
  std::string names;
  for (const auto& item : delta.at("value").as_array()) names += base::to_json(item.at("name"));
  EXPECT_EQ(names, R"("root""Documents""Pictures""todo.txt""Launch plan.docx""Budget 2027.xlsx")"
                   R"("Interview notes.txt""whiteboard.jpg")");
  EXPECT_TRUE(delta.as_object().contains("@odata.deltaLink"));
  EXPECT_EQ(server_.get(kRoot + ":/Pictures:/delta()").status, 200);
  EXPECT_EQ(server_.get(kRoot + "/delta(token='x')").status, 501);
  EXPECT_EQ(server_.get("/v1.0/me/drive/items/none/delta").status, 404);
}

}  // namespace
}  // namespace graphmock
