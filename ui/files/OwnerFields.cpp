#include "ui/files/OwnerFields.h"

#include "base/DisplayText.h"
#include "ui/errors/ErrorText.h"

#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>

#include <algorithm>

namespace ui {
namespace {

QString commonText(const QList<files::FileEntry> &entries, QString files::FileEntry::*name)
{
    const QString first = entries.isEmpty() ? QString() : entries.first().*name;
    const bool isCommon = std::ranges::all_of(
        entries, [&](const files::FileEntry &entry) { return entry.*name == first; });
    return isCommon ? base::displayText(first) : OwnerFields::tr("differs");
}

} // namespace

OwnerFields::OwnerFields(QWidget *parent)
    : QWidget(parent)
    , m_user(new QLineEdit(this))
    , m_group(new QLineEdit(this))
    , m_problem(new QLabel(this))
{
    m_user->setObjectName(QStringLiteral("permissionsUser"));
    m_group->setObjectName(QStringLiteral("permissionsGroup"));
    m_problem->setObjectName(QStringLiteral("permissionsOwnerProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto *form = new QFormLayout(this);
    form->setContentsMargins({});
    form->addRow(tr("O&wner:"), m_user);
    form->addRow(tr("&Group:"), m_group);
    form->addRow(m_problem);
    for (QLineEdit *edit : {m_user, m_group}) {
        edit->setToolTip(tr("A name or a number. Empty: stays as it is."));
        connect(edit, &QLineEdit::textChanged, this, [this] {
            m_problem->hide();
            emit edited();
        });
    }
}

void OwnerFields::setEntries(const QList<files::FileEntry> &entries, Lookup lookup)
{
    m_lookup = std::move(lookup);
    m_user->setPlaceholderText(commonText(entries, &files::FileEntry::owner));
    m_group->setPlaceholderText(commonText(entries, &files::FileEntry::group));
}

QList<QLabel *> OwnerFields::labels() const
{
    QList<QLabel *> labels = findChildren<QLabel *>(Qt::FindDirectChildrenOnly);
    labels.removeIf([](const QLabel *label) { return label->buddy() == nullptr; });
    return labels;
}

bool OwnerFields::isEmpty() const
{
    return m_user->text().isEmpty() && m_group->text().isEmpty();
}

QString OwnerFields::wish() const
{
    const QString group = m_group->text().isEmpty() ? QString() : u':' + m_group->text();
    return m_user->text() + group;
}

void OwnerFields::resolve(const std::function<void(const files::OwnerIds &)> &then)
{
    if (isEmpty() || !m_lookup) {
        then({});
        return;
    }
    const quint64 question = ++m_question;
    m_lookup(m_user->text(), m_group->text())
        .then(this, [this, question, then](const base::Result<files::OwnerIds> &ids) {
            if (question != m_question) {
                return;
            }
            if (ids) {
                then(*ids);
                return;
            }
            const base::Error &error = ids.error();
            m_problem->setText(
                error.kind == base::ErrorKind::NotFound
                    ? tr("“%1” is not known there. Its number does it too.").arg(error.subject)
                    : errorText(error).why);
            m_problem->show();
        });
}

} // namespace ui
