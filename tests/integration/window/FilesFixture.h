// FilesFixture: the window with its two panes open, the left one on a scratch directory, the right
// one on the home directory of the server, and both directories seen from outside as bytes.

#pragma once

#include "tests/integration/window/WindowFixture.h"
#include "ui/files/FileDrag.h"

#include <QAbstractItemView>

#include <optional>

class QMimeData;

namespace ui {
class FilePane;
}

namespace tests {

class FilesFixture final : public WindowFixture
{
public:
    FilesFixture();

    // Connects, and opens both panes. The address is the server's own, or of a link to it.
    [[nodiscard]] base::Result<void> start(const SshServerOptions &options = {});
    [[nodiscard]] bool openPanes(const QString &address);

    // What lies in the directory of a pane. Names are bytes.
    void put(ui::Place place, const QByteArray &name, const QByteArray &data) const;
    std::optional<QByteArray> get(ui::Place place, const QByteArray &name) const;
    QByteArrayList names(ui::Place place) const; // hidden ones too, sorted
    QByteArray directory(ui::Place place) const;

    ui::FilePane &pane(ui::Place place) const;
    QAbstractItemView &list(ui::Place place) const;

    // Types a path into the pane's field. False if the pane does not arrive.
    [[nodiscard]] bool goTo(ui::Place place, const QString &path) const;
    [[nodiscard]] bool shows(ui::Place place, const QByteArray &name) const; // waits for it
    [[nodiscard]] bool hides(ui::Place place, const QByteArray &name) const;

    // Clicks on the name, which is then selected alone. It must be shown.
    void select(ui::Place place, const QByteArray &name) const;

    // Clicks on the name, after a new listing if it is not shown. False if it does not come.
    [[nodiscard]] bool find(ui::Place place, const QByteArray &name) const;

    // Lets something fall on the pane, on this name or on none. False if it is not taken.
    [[nodiscard]] bool drop(ui::Place place, const QMimeData &data, const QByteArray &onto = {},
                            Qt::KeyboardModifiers modifiers = {}) const;

    // What the last transfer says of itself, and whether it comes to say that.
    QString transferStatus() const;
    [[nodiscard]] bool transferSays(const QString &text) const;

private:
    int rowOf(ui::Place place, const QByteArray &name) const; // -1 if it is not shown

    QString m_local;
};

} // namespace tests
