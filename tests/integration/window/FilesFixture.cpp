#include "tests/integration/window/FilesFixture.h"

#include "base/DisplayText.h"
#include "base/UniqueFd.h"
#include "ui/files/FileListView.h"
#include "ui/files/FilePane.h"
#include "ui/main/MainWindow.h"

#include <QDir>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QTest>

#include <dirent.h>
#include <fcntl.h>

#include <algorithm>
#include <memory>

namespace tests {

using namespace Qt::StringLiterals;
using files::FilePath;
using ui::Place;

FilesFixture::FilesFixture()
    : m_local(path(u"here"_s))
{
    QDir().mkpath(m_local);
}

base::Result<void> FilesFixture::start(const SshServerOptions &options)
{
    const auto started = startServer(options);
    if (!started) {
        return started;
    }
    trust(server().hostKey(KeyType::Ed25519), server().port());
    if (!openPanes(serverAddress())) {
        return base::Failure(base::Error{.kind = base::ErrorKind::TimedOut});
    }
    return {};
}

bool FilesFixture::openPanes(const QString &address)
{
    if (!openWindow(View::Files)) {
        return false;
    }
    connectTo(address);
    return waitForStatus(u"● connected"_s) && appears("remoteFiles")
        && goTo(Place::ThisComputer, m_local) && goTo(Place::Server, server().home());
}

// Through descriptors, because QFile takes names for text.
void FilesFixture::put(Place place, const QByteArray &name, const QByteArray &data) const
{
    const QByteArray file = directory(place) + '/' + name;
    base::UniqueFd descriptor(
        ::open(file.constData(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    QFile output;
    QVERIFY(output.open(descriptor.get(), QIODevice::WriteOnly));
    QCOMPARE(output.write(data), data.size());
}

std::optional<QByteArray> FilesFixture::get(Place place, const QByteArray &name) const
{
    const QByteArray file = directory(place) + '/' + name;
    const base::UniqueFd descriptor(::open(file.constData(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    QFile input;
    if (!descriptor.isValid() || !input.open(descriptor.get(), QIODevice::ReadOnly)) {
        return std::nullopt;
    }
    return input.readAll();
}

QByteArrayList FilesFixture::names(Place place) const
{
    QByteArrayList names;
    const std::unique_ptr<DIR, int (*)(DIR *)> folder(::opendir(directory(place).constData()),
                                                      &::closedir);
    while (const dirent *entry = folder ? ::readdir(folder.get()) : nullptr) {
        const QByteArray name(static_cast<const char *>(entry->d_name));
        if (name != "." && name != "..") {
            names.append(name);
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

QByteArray FilesFixture::directory(Place place) const
{
    return (place == Place::ThisComputer ? m_local : m_server->home()).toUtf8();
}

ui::FilePane &FilesFixture::pane(Place place) const
{
    return *visible<ui::FilePane>(place == Place::ThisComputer ? "localPane" : "remotePane");
}

QAbstractItemView &FilesFixture::list(Place place) const
{
    return pane(place).list();
}

bool FilesFixture::goTo(Place place, const QString &path) const
{
    auto *field = visible<QLineEdit>(place == Place::ThisComputer ? "localPath" : "remotePath");
    if (!QTest::qWaitFor([field] { return !field->text().isEmpty(); }, patience)) {
        return false;
    }
    QTest::mouseClick(field, Qt::LeftButton);
    field->selectAll();
    type(path);
    press(Qt::Key_Return);
    return QTest::qWaitFor([&] { return pane(place).directory() == FilePath::fromText(path); },
                           patience);
}

int FilesFixture::rowOf(Place place, const QByteArray &name) const
{
    const QAbstractItemModel &model = *list(place).model();
    const QString text = base::displayText(name);
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.index(row, 0).data().toString() == text) {
            return row;
        }
    }
    return -1;
}

bool FilesFixture::shows(Place place, const QByteArray &name) const
{
    return QTest::qWaitFor([&] { return rowOf(place, name) >= 0; }, patience);
}

bool FilesFixture::hides(Place place, const QByteArray &name) const
{
    return QTest::qWaitFor([&] { return rowOf(place, name) < 0; }, patience);
}

void FilesFixture::select(Place place, const QByteArray &name) const
{
    QAbstractItemView &view = list(place);
    const QModelIndex index = view.model()->index(rowOf(place, name), 0);
    QVERIFY2(index.isValid(), name.constData());
    view.scrollTo(index);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.visualRect(index).center());
    QCOMPARE(pane(place).selectedPaths(), {FilePath(directory(place)).child(name)});
}

bool FilesFixture::find(Place place, const QByteArray &name) const
{
    list(place).setFocus();
    if (rowOf(place, name) < 0) {
        press(Qt::Key_R, Qt::ControlModifier);
    }
    if (!shows(place, name)) {
        return false;
    }
    select(place, name);
    return !QTest::currentTestFailed();
}

bool FilesFixture::drop(Place place, const QMimeData &data, const QByteArray &onto,
                        Qt::KeyboardModifiers modifiers) const
{
    constexpr Qt::DropActions possible = Qt::CopyAction | Qt::MoveAction;
    QAbstractItemView &view = list(place);
    QPoint position = view.viewport()->rect().bottomLeft() + QPoint(10, -10);
    if (!onto.isEmpty()) {
        position = view.visualRect(view.model()->index(rowOf(place, onto), 0)).center();
    }
    QDragEnterEvent enter(position, possible, &data, Qt::LeftButton, modifiers);
    QCoreApplication::sendEvent(view.viewport(), &enter);
    QDropEvent drop(position, possible, &data, Qt::LeftButton, modifiers);
    QCoreApplication::sendEvent(view.viewport(), &drop);
    return enter.isAccepted() && drop.isAccepted();
}

QString FilesFixture::transferStatus() const
{
    const auto labels = m_window->findChildren<QLabel *>(u"transferStatus"_s);
    // Where its line may not break the label has other spaces.
    return labels.isEmpty() ? QString() : labels.last()->text().replace(QChar::Nbsp, u' ');
}

bool FilesFixture::transferSays(const QString &text) const
{
    return QTest::qWaitFor([this, text] { return transferStatus().contains(text); }, patience);
}

} // namespace tests
