#include "ui/edit/EditDesk.h"

#include "base/DisplayText.h"
#include "settings/SettingsKeys.h"
#include "ui/edit/EditorWindow.h"
#include "ui/edit/EditTexts.h"
#include "ui/edit/ExternalEdit.h"

#include <QPromise>
#include <QThreadPool>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace ui {
namespace {

using State = edit::EditSession::State;

constexpr qsizetype mostPrograms = 10;

} // namespace

EditDesk::EditDesk(edit::EditStore store, settings::Settings &settings, QWidget &window)
    : m_store(std::move(store))
    , m_settings(settings)
    , m_window(window)
{
}

// Before the window takes them with it.
EditDesk::~EditDesk()
{
    for (const QPointer<QWidget> &editor : std::as_const(m_editors)) {
        const std::unique_ptr<QWidget> gone(editor.data());
    }
}

void EditDesk::open(files::FileSystem &fileSystem, edit::EditOrigin origin,
                    const std::optional<QString> &command, QObject *context, const Failed &failed)
{
    fileSystem.canonical(origin.path)
        .then(context,
              [desk = QPointer(this), files = &fileSystem, origin, command, context,
               failed](const base::Result<files::FilePath> &path) mutable {
                  if (desk == nullptr) {
                      return;
                  }
                  if (!path) {
                      return failed(openFailureText(origin, path.error()));
                  }
                  origin.path = *path;
                  desk->openCanonical(files, origin, command, context, failed);
              });
}

// One editor for one file. The place may have gone meanwhile.
void EditDesk::openCanonical(files::FileSystem *fileSystem, const edit::EditOrigin &origin,
                             const std::optional<QString> &command, QObject *context,
                             const Failed &failed)
{
    const auto places = m_places.value(origin.place);
    if (!places.contains(fileSystem) || raise(origin.id())) {
        return;
    }
    auto session = std::make_unique<edit::EditSession>(m_store, origin);
    edit::EditSession &opened = *session;
    opened.setFileSystem(fileSystem);
    watch(opened);
    if (command) {
        rememberProgram(*command);
        auto *window = new ExternalEdit(std::move(session), *command, &m_window);
        connect(window, &ExternalEdit::refused, context, failed);
        m_editors.insert(origin.id(), window);
        window->show();
    } else {
        auto *window = new EditorWindow(std::move(session), &m_window);
        connect(window, &EditorWindow::refused, context, failed);
        m_editors.insert(origin.id(), window);
        window->show();
    }
    opened.fetch();
}

void EditDesk::watch(const edit::EditSession &session)
{
    connect(&session, &edit::EditSession::saved, this,
            [this, origin = session.origin()] { emit saved(origin.place, origin.path); });
}

bool EditDesk::raise(const QByteArray &id)
{
    QWidget *editor = m_editors.value(id);
    if (editor == nullptr) {
        return false;
    }
    editor->show();
    editor->raise();
    editor->activateWindow();
    return true;
}

edit::EditSession *EditDesk::sessionOf(QWidget *window) const
{
    if (auto *editor = qobject_cast<EditorWindow *>(window)) {
        return &editor->session();
    }
    auto *external = qobject_cast<ExternalEdit *>(window);
    return external == nullptr ? nullptr : &external->session();
}

files::FileSystem *EditDesk::fileSystemOf(const QString &place) const
{
    const auto places = m_places.value(place);
    return places.isEmpty() ? nullptr : places.last();
}

void EditDesk::follow(const QString &place)
{
    for (const QPointer<QWidget> &editor : std::as_const(m_editors)) {
        edit::EditSession *session = sessionOf(editor);
        if (session != nullptr && session->origin().place == place) {
            session->setFileSystem(fileSystemOf(place));
        }
    }
}

void EditDesk::placeOpened(const QString &place, files::FileSystem &fileSystem)
{
    m_places[place].append(&fileSystem);
    follow(place);
}

void EditDesk::placeClosed(const QString &place, files::FileSystem *fileSystem)
{
    m_places[place].removeOne(fileSystem);
    follow(place);
}

bool EditDesk::isWaitingFor(const QString &place) const
{
    return std::ranges::any_of(m_editors, [this, &place](const QPointer<QWidget> &editor) {
        const edit::EditSession *session = sessionOf(editor);
        return session != nullptr && session->origin().place == place
            && session->state() == State::Waiting;
    });
}

bool EditDesk::hasUnfinished() const
{
    return std::ranges::any_of(m_editors, [](const QPointer<QWidget> &editor) {
        const auto *text = qobject_cast<EditorWindow *>(editor.data());
        const auto *external = qobject_cast<ExternalEdit *>(editor.data());
        return (text != nullptr && text->isUnfinished())
            || (external != nullptr && external->isUnfinished());
    });
}

void EditDesk::keepDrafts()
{
    for (const QPointer<QWidget> &editor : std::as_const(m_editors)) {
        if (auto *text = qobject_cast<EditorWindow *>(editor.data())) {
            text->keepDraft();
        }
    }
}

QStringList EditDesk::programs() const
{
    return m_settings.value(settings::keys::editPrograms);
}

void EditDesk::rememberProgram(const QString &command)
{
    if (command.isEmpty()) {
        return;
    }
    QStringList all = programs();
    all.removeAll(command);
    all.prepend(command);
    all.resize(std::min(all.size(), mostPrograms));
    m_settings.setValue(settings::keys::editPrograms, all);
}

void EditDesk::lookForLeftovers()
{
    QPromise<QList<edit::EditRecord>> promise;
    QFuture<QList<edit::EditRecord>> found = promise.future();
    promise.start();
    QThreadPool::globalInstance()->start([store = m_store, promise = std::move(promise)]() mutable {
        store.prune(QDateTime::currentDateTimeUtc());
        promise.addResult(store.leftovers());
        promise.finish();
    });
    found.then(this, [this](const QList<edit::EditRecord> &left) {
        m_leftovers = left;
        QStringList names;
        for (const edit::EditRecord &record : left) {
            names.append(fileTitle(record.origin));
        }
        if (!names.isEmpty()) {
            emit leftoversFound(names);
        }
    });
}

// In the built-in editor, where it can be looked at before it is sent.
void EditDesk::openLeftovers()
{
    for (const edit::EditRecord &record : std::exchange(m_leftovers, {})) {
        if (raise(record.origin.id())) {
            continue;
        }
        auto session = std::make_unique<edit::EditSession>(m_store, record.origin);
        edit::EditSession &resumed = *session;
        resumed.setFileSystem(fileSystemOf(record.origin.place));
        watch(resumed);
        auto *window = new EditorWindow(std::move(session), &m_window);
        m_editors.insert(record.origin.id(), window);
        connect(window, &EditorWindow::refused, this, [this, window, record] {
            connect(window, &QObject::destroyed, this, [this, record] { resumeOutside(record); });
        });
        window->show();
        resumed.resume();
    }
}

// What is no text is looked at where it was edited. Once the editor that refused it is gone, for
// only one may have it open.
void EditDesk::resumeOutside(const edit::EditRecord &record)
{
    auto session = std::make_unique<edit::EditSession>(m_store, record.origin);
    edit::EditSession &resumed = *session;
    resumed.setFileSystem(fileSystemOf(record.origin.place));
    auto *window = new ExternalEdit(std::move(session), record.program, &m_window);
    m_editors.insert(record.origin.id(), window);
    window->show();
    resumed.resume();
}

} // namespace ui
