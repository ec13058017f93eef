#include "ui/files/PropertiesDialog.h"

#include "base/DisplayText.h"
#include "ui/files/FileListModel.h"
#include "ui/units/SizeText.h"
#include "ui/widgets/PlainLabel.h"

#include <QDateTime>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

QLabel *factLabel(const QString &text, QWidget *parent)
{
    auto *label = new PlainLabel(text, PlainLabel::Role::Text, parent);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

QString longTime(std::optional<qint64> seconds)
{
    const QDateTime time = seconds ? QDateTime::fromSecsSinceEpoch(*seconds) : QDateTime();
    return time.isValid() ? QLocale().toString(time, QLocale::LongFormat) : QString();
}

// "deploy (1001)": the number alone where there is no name.
QString ownerText(const QString &name, std::optional<quint32> id)
{
    const QString number = id ? QString::number(*id) : QString();
    const QString shown = base::displayText(name);
    return shown.isEmpty() || shown == number || number.isEmpty()
        ? (shown.isEmpty() ? number : shown)
        : QStringLiteral("%1 (%2)").arg(shown, number);
}

QString titleOf(const QList<files::FileEntry> &entries)
{
    return entries.size() == 1
        ? base::displayText(entries.first().name)
        : PropertiesDialog::tr("%1 items").arg(QLocale().toString(entries.size()));
}

} // namespace

PropertiesDialog::PropertiesDialog(files::FileSystem &fileSystem, const files::FilePath &directory,
                                   const QList<files::FileEntry> &entries, QWidget *parent)
    : QDialog(parent)
    , m_fileSystem(fileSystem)
    , m_size(factLabel({}, this))
    , m_contents(factLabel({}, this))
{
    setObjectName(QStringLiteral("propertiesDialog"));
    setWindowTitle(tr("Properties of %1").arg(titleOf(entries)));
    setAccessibleName(windowTitle());
    auto *form = new QFormLayout;
    addRow(*form, tr("Name:"), titleOf(entries), "propertiesName");
    addRow(*form, tr("In:"), directory.toDisplay(), "propertiesPlace");
    m_size->setObjectName(QStringLiteral("propertiesSize"));
    m_contents->setObjectName(QStringLiteral("propertiesContents"));
    form->addRow(tr("Size:"), m_size);
    form->addRow(tr("Contents:"), m_contents);
    if (entries.size() == 1) {
        addFacts(*form, entries.first());
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_stop = buttons->addButton(tr("Stop counting"), QDialogButtonBox::ActionRole);
    m_stop->setObjectName(QStringLiteral("propertiesStop"));
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addStretch(); // what is left of the height goes above the buttons
    layout->addWidget(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * 72); // for the whole of a date
    for (const files::FileEntry &entry : entries) {
        m_paths.append(directory.child(entry.name));
    }

    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(m_stop, &QPushButton::clicked, this, &PropertiesDialog::stop);
    connect(&m_watcher, &QFutureWatcherBase::resultReadyAt, this, [this](int index) {
        if (const Size size = m_watcher.resultAt(index)) {
            showSize(*size, false);
        }
    });
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &PropertiesDialog::handleCounted);
    countNext();
}

PropertiesDialog::~PropertiesDialog()
{
    m_watcher.disconnect(this);
    m_watcher.cancel();
}

void PropertiesDialog::addRow(QFormLayout &form, const QString &title, const QString &text,
                              const char *id)
{
    if (!text.isEmpty()) {
        QLabel *label = factLabel(text, this);
        label->setObjectName(QString::fromLatin1(id));
        form.addRow(title, label);
    }
}

void PropertiesDialog::addFacts(QFormLayout &form, const files::FileEntry &entry)
{
    const files::FileAttributes &attributes = entry.attributes;
    addRow(form, tr("Kind:"), kindText(entry), "propertiesKind");
    addRow(form, tr("Leads to:"), base::displayText(entry.linkTarget), "propertiesTarget");
    addRow(form, tr("Modified:"), longTime(attributes.modificationTime), "propertiesModified");
    addRow(form, tr("Accessed:"), longTime(attributes.accessTime), "propertiesAccessed");
    addRow(form, tr("Owner:"), ownerText(entry.owner, attributes.userId), "propertiesOwner");
    addRow(form, tr("Group:"), ownerText(entry.group, attributes.groupId), "propertiesGroup");
    if (const auto mode = attributes.mode()) {
        addRow(form, tr("Permissions:"),
               QStringLiteral("%1 (%2)").arg(permissionsText(attributes), mode->toOctal()),
               "propertiesPermissions");
    }
}

void PropertiesDialog::countNext()
{
    if (m_paths.isEmpty()) {
        showSize({}, true);
        m_stop->setEnabled(false);
        return;
    }
    m_watcher.setFuture(m_fileSystem.measureTree(m_paths.first()));
}

// What can not be looked at counts as one that does not tell its size.
void PropertiesDialog::handleCounted()
{
    const QFuture<Size> future = m_watcher.future();
    if (m_paths.isEmpty()) {
        return; // stopped
    }
    m_paths.removeFirst();
    const int last = future.resultCount() - 1;
    const Size size = last >= 0 ? future.resultAt(last) : Size(files::TreeSize{.unreadable = 1});
    const files::TreeSize tree = size.value_or(files::TreeSize{.unreadable = 1});
    m_counted.bytes += tree.bytes;
    m_counted.files += tree.files;
    m_counted.directories += tree.directories;
    m_counted.unreadable += tree.unreadable;
    countNext();
}

void PropertiesDialog::stop()
{
    const bool wasCounting = !m_paths.isEmpty();
    m_paths.clear();
    m_watcher.cancel();
    m_stop->setEnabled(false);
    if (wasCounting) {
        m_size->setText(tr("at least %1").arg(m_sizeText));
        m_contents->setText(tr("%1 (stopped, there is more)").arg(m_contents->text()));
    }
}

void PropertiesDialog::showSize(const files::TreeSize &current, bool isFinal)
{
    const QLocale locale;
    const quint64 bytes = m_counted.bytes + current.bytes;
    const QString exact = exactSizeText(bytes);
    const QString size
        = sizeText(bytes) == exact ? exact : tr("%1 (%2)").arg(sizeText(bytes), exact);
    const quint64 files = m_counted.files + current.files;
    const quint64 folders = m_counted.directories + current.directories;
    QString contents = tr("%1, %2").arg(
        files == 1 ? tr("1 file") : tr("%1 files").arg(locale.toString(files)),
        folders == 1 ? tr("1 folder") : tr("%1 folders").arg(locale.toString(folders)));
    if (const quint64 unreadable = m_counted.unreadable + current.unreadable; unreadable > 0) {
        contents = tr("%1, %2 could not be read").arg(contents, locale.toString(unreadable));
    }
    m_sizeText = size;
    m_size->setText(isFinal ? size : tr("%1, counting…").arg(size));
    m_contents->setText(contents);
}

} // namespace ui
