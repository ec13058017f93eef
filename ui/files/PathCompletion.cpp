#include "ui/files/PathCompletion.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QLineEdit>
#include <QStringListModel>

#include <algorithm>

namespace ui {
namespace {

using namespace std::chrono_literals;

constexpr auto typingPause = 120ms;
constexpr qsizetype mostOffers = 500;

// A name that is not UTF-8 can not be typed either.
bool canBeTyped(const QByteArray &name)
{
    return QString::fromUtf8(name).toUtf8() == name;
}

QString commonStart(const QStringList &texts)
{
    QString start = texts.value(0);
    for (const QString &text : texts) {
        const auto end = std::ranges::mismatch(start, text).in1;
        start.truncate(end - start.begin());
    }
    return start;
}

} // namespace

PathCompletion::PathCompletion(QLineEdit &field)
    : QObject(&field)
    , m_field(field)
    , m_offers(new QStringListModel(this))
    , m_completer(new QCompleter(m_offers, this))
{
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_pause.setSingleShot(true);
    m_pause.setInterval(typingPause);
    connect(&m_pause, &QTimer::timeout, this, &PathCompletion::list);
    field.setCompleter(m_completer);
    connect(&field, &QLineEdit::textEdited, this, &PathCompletion::follow);
}

void PathCompletion::setFileSystem(files::FileSystem *fileSystem)
{
    m_fileSystem = fileSystem;
    forget();
}

bool PathCompletion::isListShown() const
{
    return m_completer->popup()->isVisible();
}

void PathCompletion::hideList()
{
    m_completer->popup()->hide();
}

void PathCompletion::forget()
{
    m_pause.stop();
    m_listing.cancel();
    m_directory.clear();
    m_folders.clear();
    m_isCompleting = false;
    m_offers->setStringList({});
}

void PathCompletion::follow(const QString &text)
{
    const QString directory = text.first(text.lastIndexOf(u'/') + 1);
    if (directory != m_directory) {
        forget();
        if (m_fileSystem != nullptr && directory.startsWith(u'/')) {
            m_directory = directory;
            m_pause.start();
        }
    }
    offer();
    // After the field, which opens the list too.
    QMetaObject::invokeMethod(this, &PathCompletion::chooseNone, Qt::QueuedConnection);
}

// Qt makes the first one current, which looks chosen, while Enter takes what is typed.
void PathCompletion::chooseNone()
{
    QAbstractItemView &list = *m_completer->popup();
    if (!list.selectionModel()->hasSelection()) {
        list.setCurrentIndex({});
    }
}

void PathCompletion::list()
{
    m_listing = m_fileSystem->list(files::FilePath::fromText(m_directory).normalized());
    m_listing.then(this, [this, asked = m_directory](const Entries &entries) {
        if (asked == m_directory) {
            take(entries);
        }
    });
}

// A directory that can not be read has nothing to offer. To go there will tell why.
void PathCompletion::take(const Entries &entries)
{
    for (const files::FileEntry &entry : entries.value_or(QList<files::FileEntry>())) {
        if (entry.isEnterable() && canBeTyped(entry.name)) {
            m_folders.append(QString::fromUtf8(entry.name));
        }
    }
    m_folders.sort(Qt::CaseInsensitive);
    offer();
    if (std::exchange(m_isCompleting, false)) {
        complete();
    } else if (m_field.hasFocus()) {
        showList();
    }
}

// Hidden ones only to whom begins with a dot.
void PathCompletion::offer()
{
    const QString text = m_field.text();
    const bool isBelow = !m_directory.isEmpty() && text.startsWith(m_directory);
    const QString begun = isBelow ? text.sliced(m_directory.size()) : QString();
    QStringList offers;
    for (const QString &folder : std::as_const(m_folders)) {
        const bool isWanted = isBelow && folder.startsWith(begun, Qt::CaseInsensitive)
            && (!folder.startsWith(u'.') || begun.startsWith(u'.'));
        if (isWanted && offers.size() < mostOffers) {
            offers.append(m_directory + folder + u'/');
        }
    }
    m_offers->setStringList(offers);
}

void PathCompletion::showList()
{
    if (m_offers->rowCount() > 0) {
        m_completer->complete();
        chooseNone();
    } else {
        m_completer->popup()->hide();
    }
}

bool PathCompletion::complete()
{
    if (m_pause.isActive() || m_listing.isRunning()) {
        m_isCompleting = true;
        return true;
    }
    const QStringList offers = m_offers->stringList();
    const QString common = commonStart(offers);
    if (offers.isEmpty()) {
        return false;
    }
    if (common.size() <= m_field.text().size()) {
        showList();
        return true;
    }
    m_field.setText(common);
    follow(common);
    showList();
    return true;
}

} // namespace ui
