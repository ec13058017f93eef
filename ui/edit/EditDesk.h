// EditDesk: all files that are being edited from one window: opens each of them once, tells them
// when their server comes and goes, and offers what an earlier run has left.

#pragma once

#include "edit/EditSession.h"
#include "settings/Settings.h"
#include "ui/errors/ErrorText.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QWidget>

#include <functional>
#include <optional>

namespace ui {

class EditDesk final : public QObject
{
    Q_OBJECT

public:
    using Failed = std::function<void(const ErrorText &)>;

    // Editors stand above `window`.
    EditDesk(edit::EditStore store, settings::Settings &settings, QWidget &window);
    ~EditDesk() override;

    // In the built-in editor, or in a program: see ExternalEdit. `failed` tells why not, for as
    // long as `context` lives.
    void open(files::FileSystem &fileSystem, edit::EditOrigin origin,
              const std::optional<QString> &command, QObject *context, const Failed &failed);

    // A server's files can be reached, by one tab more or less.
    void placeOpened(const QString &place, files::FileSystem &fileSystem);
    void placeClosed(const QString &place, files::FileSystem *fileSystem);

    bool isWaitingFor(const QString &place) const; // something is to be sent there
    bool hasUnfinished() const; // typed and not saved, or not sent
    void keepDrafts();

    // The commands of "Open with…", the last one first.
    QStringList programs() const;

    // Looks for what was left, and removes what is old: leftoversFound(), perhaps.
    void lookForLeftovers();
    void openLeftovers();

signals:
    void leftoversFound(const QStringList &names); // safe to show
    void saved(const QString &place, const files::FilePath &path); // it is another file there now

private:
    void openCanonical(files::FileSystem *fileSystem, const edit::EditOrigin &origin,
                       const std::optional<QString> &command, QObject *context,
                       const Failed &failed);
    void resumeOutside(const edit::EditRecord &record);
    void watch(const edit::EditSession &session);
    bool raise(const QByteArray &id);
    edit::EditSession *sessionOf(QWidget *window) const;
    files::FileSystem *fileSystemOf(const QString &place) const;
    void rememberProgram(const QString &command);
    void follow(const QString &place);

    const edit::EditStore m_store;
    settings::Settings &m_settings;
    QWidget &m_window;
    QHash<QByteArray, QPointer<QWidget>> m_editors; // by EditOrigin::id()
    QHash<QString, QList<files::FileSystem *>> m_places; // one for each tab
    QList<edit::EditRecord> m_leftovers;
};

} // namespace ui
