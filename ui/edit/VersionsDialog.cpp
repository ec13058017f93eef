#include "ui/edit/VersionsDialog.h"

#include "edit/TextFormat.h"
#include "ui/edit/EditTexts.h"
#include "ui/units/SizeText.h"

#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QListWidget>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

VersionsDialog::VersionsDialog(edit::EditSession &session, QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_list(new QListWidget)
    , m_preview(new QPlainTextEdit)
{
    setObjectName(u"versionsDialog"_s);
    setWindowTitle(tr("Versions of %1").arg(fileTitle(session.origin())));
    m_list->setObjectName(u"versionsList"_s);
    m_list->setAccessibleName(tr("Versions"));
    m_preview->setObjectName(u"versionsPreview"_s);
    m_preview->setAccessibleName(tr("Content of the version"));
    m_preview->setReadOnly(true);
    m_preview->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_preview->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_preview->setPlaceholderText(
        tr("Each save is kept here as a version, and so is what was there "
           "before the first one. There is none yet."));
    auto *splitter = new QSplitter;
    splitter->addWidget(m_list);
    splitter->addWidget(m_preview);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    m_restore = buttons->addButton(tr("&Put into the editor"), QDialogButtonBox::ActionRole);
    m_restore->setObjectName(u"versionsRestore"_s);
    m_restore->setEnabled(false);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(splitter, 1);
    layout->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 120, fontMetrics().height() * 28);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(m_list, &QListWidget::currentRowChanged, this, &VersionsDialog::showVersion);
    connect(m_restore, &QPushButton::clicked, this, [this] {
        if (m_content) {
            emit chosen(*m_content);
            close();
        }
    });
    session.versions().then(
        this, [this](const QList<edit::EditVersion> &versions) { showList(versions); });
}

void VersionsDialog::showList(const QList<edit::EditVersion> &versions)
{
    const QLocale locale;
    for (const edit::EditVersion &version : versions) {
        const QString text = version.kind == edit::EditVersion::Kind::Fetched
            ? tr("%1, %2, as it was on the server")
            : tr("%1, %2");
        auto *item = new QListWidgetItem(
            text.arg(locale.toString(version.saved.toLocalTime(), QLocale::ShortFormat),
                     sizeText(static_cast<quint64>(version.size))),
            m_list);
        item->setData(Qt::UserRole, version.name);
    }
    m_list->setMinimumWidth(m_list->sizeHintForColumn(0) + 4 * fontMetrics().averageCharWidth());
    m_list->setCurrentRow(0);
    m_list->setFocus();
}

void VersionsDialog::showVersion()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (item == nullptr) {
        return;
    }
    const quint64 question = ++m_question;
    m_session.version(item->data(Qt::UserRole).toString())
        .then(this, [this, question](const std::optional<QByteArray> &content) {
            if (question == m_question) {
                showContent(content);
            }
        });
}

void VersionsDialog::showContent(const std::optional<QByteArray> &content)
{
    m_content = content;
    m_restore->setEnabled(content.has_value());
    const auto text = edit::decoded(content.value_or(QByteArray()));
    m_preview->setPlainText(text ? text->text : tr("This version is not plain text."));
}

} // namespace ui
