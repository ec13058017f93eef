#include "app/DemoPlayground.h"

#include "app/TextFile.h"

#include <QDir>

#include <array>

using namespace Qt::StringLiterals;

namespace app {
namespace {

struct Sample
{
    const char *path;
    const char *text;
    QFile::Permissions permissions
        = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther;
};

constexpr auto executable = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner
    | QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther;

constexpr std::array samples{
    Sample{"README.txt",
           "Welcome to the playground.\n\n"
           "This server runs on your own computer, as you, and listens to nobody else.\n"
           "Everything in this folder is yours to rename, move, change and delete. It is\n"
           "removed when you close Ponto.\n\n"
           "Things to try:\n"
           "- type in the terminal, for example: ./hello.sh\n"
           "- drag a file from your computer over here, and one from here to there\n"
           "- give hello.sh other permissions, and run it again\n"},
    Sample{"hello.sh", "#!/bin/sh\necho \"Hello from $(hostname), it is $(date +%H:%M).\"\n",
           executable},
    Sample{"notes/shopping list.txt", "bread\nolives\na map of the harbor\n"},
    Sample{"notes/ideas.md", "# Ideas\n\n- learn the names of the winds\n- build a small bridge\n"},
    Sample{"notes/archive/last year.txt", "Nothing happened twice.\n"},
    Sample{"site/index.html",
           "<!doctype html>\n<title>Harbor</title>\n<h1>The harbor is open</h1>\n"},
    Sample{"site/style.css", "body { font-family: sans-serif; margin: 4em; }\n"},
    Sample{"site/images/sun.svg",
           "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\">"
           "<circle cx=\"5\" cy=\"5\" r=\"4\" fill=\"orange\"/></svg>\n"},
};

} // namespace

base::Result<void> makePlayground(const QString &directory)
{
    const QDir root(directory);
    for (const Sample &sample : samples) {
        const QString path = root.filePath(QString::fromUtf8(sample.path));
        QDir().mkpath(QFileInfo(path).path());
        if (const auto written = writeTextFile(path, sample.text, sample.permissions); !written) {
            return written;
        }
    }
    QFile::link(u"notes/ideas.md"_s, root.filePath(u"ideas"_s));
    return {};
}

} // namespace app
